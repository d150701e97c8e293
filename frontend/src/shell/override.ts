/** Going ahead in an emergency: Enter means its own button, and what is being typed is not polled away. */
const block = "details.override";

function onKey(event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  if (event.key !== "Enter" || event.isComposing || !(field instanceof HTMLInputElement)) return;
  const button = field.closest(block)?.querySelector<HTMLButtonElement>("button[name=_override]");
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** A page that asks for itself every few seconds waits while somebody writes in it why it must be. */
function onRequest(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent).detail;
  const isPolling = requestConfig?.verb === "get" && "X-Background" in requestConfig.headers;
  if (isPolling && (elt as HTMLElement).querySelector(`${block}[open]`)) event.preventDefault();
}

export function startOverride(): void {
  document.addEventListener("keydown", onKey);
  document.body.addEventListener("htmx:beforeRequest", onRequest);
}
