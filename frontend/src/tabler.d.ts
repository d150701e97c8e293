/** The few behaviours of Tabler's bundle that we use; the package ships no types. */
declare module "@tabler/core/dist/js/tabler.esm.js" {
  class Component {
    static getOrCreateInstance(element: Element): Component;
    show(): void;
    hide(): void;
  }
  export class Modal extends Component {}
  export class Offcanvas extends Component {}
  export class Dropdown extends Component {
    static Default: { popperConfig: unknown };
  }
}
