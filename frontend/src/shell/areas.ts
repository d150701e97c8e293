/** Loads the code of an area where a page asks for it, and sets the CSS variables templates measured. */
interface Area {
  mount(element: HTMLElement): void;
}

const areas = import.meta.glob<Area>("../areas/*.ts");

function each(root: HTMLElement, selector: string, run: (element: HTMLElement) => void): void {
  if (root.matches(selector)) run(root);
  root.querySelectorAll<HTMLElement>(selector).forEach(run);
}

function setVars(element: HTMLElement): void {
  for (const pair of (element.dataset.vars ?? "").split(";")) {
    const at = pair.indexOf(":");
    if (at > 0) element.style.setProperty(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
}

function load(element: HTMLElement): void {
  if (element.dataset.areaReady !== undefined) return;
  element.dataset.areaReady = "";
  void areas[`../areas/${element.dataset.area}.ts`]?.().then((area) => area.mount(element));
}

export function startAreas(root: HTMLElement = document.body): void {
  each(root, "[data-vars]", setVars);
  each(root, "[data-area]", load);
}
