/** j and k walk the lines of a list, Enter opens the one in focus. */
function lines(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#main .row-link")].filter((line) => line.offsetParent !== null);
}

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "j" && event.key !== "k") || event.ctrlKey || event.metaKey || event.altKey) return;
    const active = document.activeElement as HTMLElement | null;
    if (active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName)) return;
    if (document.querySelector(".modal.show, .offcanvas.show")) return;
    const all = lines();
    if (!all.length) return;
    event.preventDefault();
    const now = all.findIndex((line) => line === active);
    const step = event.key === "j" ? 1 : -1;
    all[Math.min(all.length - 1, Math.max(0, now + step))].focus();
  });
}
