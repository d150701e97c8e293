/** After a form came back: the reader lands on what is wrong, not at the top of the page. */
import htmx from "htmx.org";

function lead(root: ParentNode): void {
  const wrong = root.querySelector<HTMLElement>('[aria-invalid="true"]');
  const said = root.querySelector<HTMLElement>("form .refusal, form .notice[role=alert]");
  if (wrong) {
    wrong.focus();
  } else if (said) {
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
    said.scrollIntoView({ block: "center" });
  }
}

export function startErrors(): void {
  htmx.onLoad((element) => lead(element as HTMLElement));
}
