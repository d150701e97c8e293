/** Patient search: "/" from anywhere, arrows and Enter through the hits, Escape back to the work. */

function typing(element: Element | null): boolean {
  return element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
}

function hits(list: HTMLElement): HTMLAnchorElement[] {
  return [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
}

function choose(box: HTMLInputElement, list: HTMLElement, step: number): void {
  const all = hits(list);
  if (!all.length) return;
  const now = all.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  const next = (now + step + all.length) % all.length;
  all.forEach((hit, index) => {
    hit.id ||= `search-hit-${index}`;
    hit.setAttribute("aria-selected", String(index === next));
  });
  box.setAttribute("aria-activedescendant", all[next].id);
  all[next].scrollIntoView({ block: "nearest" });
}

function show(box: HTMLInputElement, list: HTMLElement, open: boolean): void {
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) box.removeAttribute("aria-activedescendant");
}

export function startSearch(): void {
  const form = document.querySelector<HTMLFormElement>("[data-search]");
  const box = form?.querySelector<HTMLInputElement>("input");
  const list = document.getElementById("search-results");
  if (!form || !box || !list) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(document.activeElement)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  box.addEventListener("keydown", (event) => {
    const selected = list.querySelector<HTMLAnchorElement>('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      show(box, list, true);
      choose(box, list, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && selected && !list.hidden) {
      event.preventDefault();
      selected.click();
    } else if (event.key === "Escape") {
      show(box, list, false);
      box.blur();
    }
  });
  list.addEventListener("htmx:afterSwap", () => show(box, list, box.value.trim() !== ""));
  box.addEventListener("input", () => {
    if (!box.value.trim()) show(box, list, false);
  });
  box.addEventListener("focus", () => show(box, list, box.value.trim() !== "" && hits(list).length > 0));
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target as Node)) show(box, list, false);
  });
}
