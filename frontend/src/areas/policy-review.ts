/** The review of clauses: every word is a small form; keys press its buttons; the screen answers in place. */
import htmx from "htmx.org";
import "./policy-review.css";

const screen = "#review";
const keys = [..."12345nxyujk/opa", "Enter"];
let isListening = false;
let underWay = 0;
const held: string[] = [];

function here(): HTMLElement | null {
  return document.querySelector<HTMLElement>(screen);
}

function isTyping(element: Element | null): boolean {
  return element instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

/** Puts the answer in place of the screen and lets the list stay where it was scrolled to. */
async function swap(verb: "get" | "post", url: string, source?: HTMLFormElement): Promise<void> {
  underWay += 1;
  try {
    await exchange(verb, url, source);
  } finally {
    underWay -= 1;
  }
}

async function exchange(verb: "get" | "post", url: string, source?: HTMLFormElement): Promise<void> {
  const top = here()?.querySelector(".review-list")?.scrollTop ?? 0;
  const focus = (document.activeElement as HTMLElement | null)?.dataset.key ?? "";
  const clause = here()?.dataset.here;
  await htmx.ajax(verb, url, { source: source ?? screen, target: screen, select: screen, swap: "outerHTML" });
  const list = here()?.querySelector<HTMLElement>(".review-list");
  if (list) list.scrollTop = top;
  if (window.innerWidth > 991) here()?.querySelector(".review-list [aria-current]")?.scrollIntoView({ block: "nearest" });
  if (here()?.dataset.here !== clause) document.getElementById("clause-title")?.focus({ preventScroll: true });
  else if (focus) here()?.querySelector<HTMLElement>(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  if (window.innerWidth < 992 && here()?.dataset.here !== clause) here()?.querySelector(".review-clause")?.scrollIntoView();
}

function address(): void {
  const clause = here()?.dataset.here;
  const url = new URL(window.location.href);
  if (!clause || url.searchParams.get("clause") === clause) return;
  url.searchParams.set("clause", clause);
  window.history.replaceState(window.history.state, "", url);
}

function onClick(event: MouseEvent): void {
  const link = (event.target as HTMLElement).closest<HTMLAnchorElement>(`${screen} [data-turn]`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const url = new URL(link.href);
  void swap("get", url.pathname + url.search).then(() => {
    window.history.replaceState(window.history.state, "", url);
    pressHeld();
  });
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!form.matches(`${screen} [data-say]`)) return;
  event.preventDefault();
  void swap("post", form.action, form).then(() => {
    address();
    pressHeld();
  });
}

function rejecting(): HTMLElement | null {
  const chosen = document.activeElement?.closest(".review-point")?.querySelector<HTMLElement>("[data-reject]");
  return chosen ?? here()?.querySelector<HTMLElement>("[data-reject]") ?? null;
}

function pressed(key: string): HTMLElement | null {
  if (key === "x") return rejecting();
  return here()?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null;
}

function onKey(event: KeyboardEvent): void {
  const frame = here();
  if (!frame || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector(".modal.show, .offcanvas.show")) return;
  const active = document.activeElement;
  if (isTyping(active)) {
    if (event.key === "Escape" && frame.contains(active)) (active as HTMLElement).blur();
    return;
  }
  if (event.key === "Enter" && active instanceof HTMLElement && active.matches("a, button, summary")) return;
  if (event.key === "?") return toggleKeys(frame, event);
  if (underWay ? !keys.includes(event.key) : !pressed(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (underWay) held.push(event.key);
  else press(event.key);
}

function press(key: string): void {
  const target = pressed(key);
  if (target instanceof HTMLInputElement) target.focus();
  else target?.click();
}

/** A key struck while an answer is on its way is meant for the clause that comes with it. */
function pressHeld(): void {
  while (held.length && !underWay) press(held.shift() ?? "");
}

function toggleKeys(frame: HTMLElement, event: KeyboardEvent): void {
  const help = frame.querySelector<HTMLDetailsElement>(".review-keys");
  if (!help) return;
  event.preventDefault();
  help.open = !help.open;
}

export function mount(element: HTMLElement): void {
  element.dataset.keysWork = "";
  if (isListening) return;
  isListening = true;
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey, true);
}
