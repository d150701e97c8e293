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

export function startDrawer(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  host()?.addEventListener("hidden.bs.offcanvas", () => {
    const inside = document.querySelector(target);
    if (inside) inside.innerHTML = "";
  });
}
