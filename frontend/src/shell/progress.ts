/** A thin bar for any request that takes longer than 300 ms, and a calm line when the server is away. */
const PATIENCE = 300;

export function startProgress(body: HTMLElement): void {
  const bar = document.getElementById("progress");
  const trouble = document.getElementById("trouble");
  let open = 0;
  let timer = 0;
  const begin = (): void => {
    open += 1;
    if (open === 1) timer = window.setTimeout(() => bar?.classList.add("is-busy"), PATIENCE);
  };
  const end = (): void => {
    open = Math.max(0, open - 1);
    if (open) return;
    window.clearTimeout(timer);
    bar?.classList.remove("is-busy");
  };
  body.addEventListener("htmx:beforeRequest", begin);
  body.addEventListener("htmx:afterRequest", (event) => {
    end();
    if ((event as CustomEvent).detail.successful && trouble) trouble.hidden = true;
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    body.addEventListener(name, () => {
      if (trouble) trouble.hidden = false;
    });
  }
  trouble?.querySelector("[data-trouble-close]")?.addEventListener("click", () => {
    trouble.hidden = true;
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) begin();
  });
  window.addEventListener("pageshow", () => {
    open = 0;
    end();
  });
}
