/** Light or dark: the reader's choice, else the system's. The server draws it from two cookies. */
const YEAR = 31536000;
const system = window.matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

function show(theme: string): void {
  const scheme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
  root.dataset.theme = theme;
  root.dataset.bsTheme = scheme;
  remember("scheme", system.matches ? "dark" : "light");
  document.querySelectorAll<HTMLButtonElement>("[data-theme-switch] button").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.value === theme));
  });
}

export function startTheme(): void {
  show(root.dataset.theme ?? "auto");
  system.addEventListener("change", () => show(root.dataset.theme ?? "auto"));
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("[data-theme-switch] button");
    if (!button) return;
    remember("theme", button.value);
    show(button.value);
  });
}
