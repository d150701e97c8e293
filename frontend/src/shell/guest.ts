/** At the hour at which a guest's time ends, the page asks the server, which sends them out. */
const LONGEST = 2 ** 31 - 1;

export function startGuest(): void {
  const ends = document.querySelector<HTMLElement>("[data-ends-at]")?.dataset.endsAt;
  const left = ends ? Date.parse(ends) - Date.now() : NaN;
  if (left > 0 && left < LONGEST) window.setTimeout(() => window.location.reload(), left + 1000);
}
