/** The front desk: the board's empty places, choosing a patient by keyboard, forms that send themselves. */
import "./scheduling.css";
import { startBoard } from "./scheduling-board";

/** A changed date or choice sends its form: there is no button to look for. */
function sendItself(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const control = event.target as HTMLInputElement;
    if (control.validity.valid) form.requestSubmit();
  });
}

function picks(form: HTMLElement): HTMLButtonElement[] {
  return [...form.querySelectorAll<HTMLButtonElement>("[data-pick]")];
}

/** What was picked stands in the form at once: a choice made before the answer comes must not lose it. */
function remember(pick: HTMLElement): void {
  const body = pick.closest("#booking-body");
  if (!body || body.querySelector("input[name=patient]")) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "patient";
  field.value = pick.dataset.pick ?? "";
  body.append(field);
}

/** Enter takes the first hit, arrows walk through them; typing a name is not a change of the form. */
function choosePatients(form: HTMLElement): void {
  form.addEventListener(
    "change",
    (event) => {
      if ((event.target as HTMLElement).matches("[data-pick-box]")) event.stopPropagation();
    },
    true,
  );
  form.addEventListener(
    "click",
    (event) => {
      const pick = (event.target as HTMLElement).closest<HTMLElement>("[data-pick]");
      if (pick) remember(pick);
    },
    true,
  );
  form.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (!target.matches("[data-pick-box], [data-pick]")) return;
    const all = picks(form);
    const now = all.indexOf(target as HTMLButtonElement);
    if (event.key === "Enter" && now < 0) {
      event.preventDefault();
      all[0]?.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = now + (event.key === "ArrowDown" ? 1 : -1);
      (all[next] ?? form.querySelector<HTMLElement>("[data-pick-box]"))?.focus();
    }
  });
}

/** The day chosen is in view, however far along the strip it stands. */
function showChosenDay(root: ParentNode): void {
  const day = root.querySelector<HTMLElement>(".strip-day :checked + label");
  const strip = day?.closest<HTMLElement>(".strip-days");
  if (day && strip) strip.scrollLeft = day.offsetLeft - strip.clientWidth / 2 + day.clientWidth / 2;
}

export function mount(element: HTMLElement): void {
  const forms = [element, ...element.querySelectorAll<HTMLElement>("form")].filter((one) => one.matches("form"));
  for (const form of forms) {
    if (form.dataset.autosubmit !== undefined) sendItself(form as HTMLFormElement);
    if (form.querySelector("[data-pick-box], #booking-body")) choosePatients(form);
  }
  element.addEventListener("htmx:afterSettle", () => showChosenDay(element));
  showChosenDay(element);
  startBoard(element);
}
