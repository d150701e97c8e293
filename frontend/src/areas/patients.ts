/** Patients: rows of a form that unfold one by one, and the looks of the chart. */
import "./patients.css";

function isFilled(row: HTMLElement): boolean {
  return [...row.querySelectorAll<HTMLInputElement>("input")].some((input) => input.value.trim() !== "");
}

function unfold(block: HTMLElement): void {
  const rows = [...block.querySelectorAll<HTMLElement>("[data-row]")];
  const button = block.querySelector<HTMLButtonElement>("[data-add-row]");
  const update = (): void => {
    for (const row of rows) if (isFilled(row)) row.hidden = false;
    if (button) button.hidden = rows.every((row) => !row.hidden);
  };
  button?.addEventListener("click", () => {
    const next = rows.find((row) => row.hidden);
    if (next) next.hidden = false;
    next?.querySelector("input")?.focus();
    update();
  });
  block.addEventListener("change", update);
  update();
}

export function mount(element: HTMLElement): void {
  element.querySelectorAll<HTMLElement>("[data-rows]").forEach(unfold);
}
