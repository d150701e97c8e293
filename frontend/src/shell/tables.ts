/** A table wider than its place can be scrolled by keyboard too. */
import htmx from "htmx.org";

function reachable(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>(".table-wrap").forEach((wrap) => {
    if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
  });
}

export function startTables(): void {
  htmx.onLoad((element) => reachable(element as HTMLElement));
}
