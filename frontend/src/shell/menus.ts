/** Bootstrap's own behaviours that the pages use; dropdowns and collapses wire themselves by attribute. */
import { Dropdown } from "@tabler/core/dist/js/tabler.esm.js";

export function startMenus(): void {
  Dropdown.Default.popperConfig = { strategy: "fixed" };
}
