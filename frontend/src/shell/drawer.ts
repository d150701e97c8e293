/** The right drawer: a thing looked at without leaving the list. */
import { Offcanvas } from "@tabler/core/dist/js/tabler.esm.js";
import htmx from "htmx.org";

const target = "#drawer-body";

function host(): HTMLElement | null {
  return document.getElementById("drawer");
}

export function openDrawer(url: string): void {
  const drawer = host();
  if (!drawer) {
    window.location.href = url;
    return;
  }
  void htmx.ajax("get", url, { target, swap: "innerHTML" }).then(() => Offcanvas.getOrCreateInstance(drawer).show());
}

function onClick(event: MouseEvent): void {
  const opener = (event.target as HTMLElement).closest<HTMLElement>("[data-drawer]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const url = opener.dataset.drawer || opener.getAttribute("href");
  if (!url) return;
  event.preventDefault();
  openDrawer(url);
}

/** Forms in the drawer are answered inside it. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const inside = form.closest<HTMLElement>(target);
  if (!inside || form.hasAttribute("hx-post") || form.hasAttribute("hx-get") || form.dataset.page !== undefined) return;
  event.preventDefault();
  const url = form.getAttribute("action") || inside.querySelector<HTMLElement>("[data-url]")?.dataset.url || "";
  const verb = form.method === "post" ? "post" : "get";
  const button = event.submitter as HTMLButtonElement | null;
  const values = button?.name ? { [button.name]: button.value } : {};
  void htmx.ajax(verb, url, { source: form, target, swap: "innerHTML", values });
}

const field = ":is(input, select, textarea):not([type=hidden], [type=radio], [type=checkbox], [disabled], [readonly])";

/** Where typing goes once the drawer stands: what a quick hand chose meanwhile, what is wrong, the first field. */
function placeFocus(drawer: HTMLElement, chosen: HTMLElement | null): void {
  const hasKeyboard = window.matchMedia("(hover: hover)").matches;
  const first = hasKeyboard ? drawer.querySelector<HTMLElement>(`[aria-invalid=true], ${target} ${field}`) : null;
  (chosen?.isConnected ? chosen : first)?.focus();
}

/** The drawer takes the focus for itself when its movement ends; it must not take it from a field in use. */
function keepFocus(drawer: HTMLElement): void {
  let chosen: HTMLElement | null = null;
  drawer.addEventListener("show.bs.offcanvas", () => {
    chosen = null;
  });
  drawer.addEventListener("focusin", (event) => {
    if (event.target !== drawer) chosen = event.target as HTMLElement;
  });
  drawer.addEventListener("shown.bs.offcanvas", () => placeFocus(drawer, chosen));
}

export function startDrawer(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  const drawer = host();
  if (drawer) keepFocus(drawer);
  drawer?.addEventListener("hidden.bs.offcanvas", () => {
    const inside = document.querySelector(target);
    if (inside) inside.innerHTML = "";
  });
}
