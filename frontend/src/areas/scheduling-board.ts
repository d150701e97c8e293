/** The day board: an empty place is a link to book it, and the now-line moves on. */

const STEP = 15;

function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function minuteAt(board: HTMLElement, column: HTMLElement, y: number): number {
  const length = Number(getComputedStyle(board).getPropertyValue("--length"));
  const box = column.getBoundingClientRect();
  const offset = ((y - box.top) / box.height) * length;
  return Number(board.dataset.start) + Math.floor(offset / STEP) * STEP;
}

function ghostFor(board: HTMLElement): HTMLAnchorElement {
  const ghost = document.createElement("a");
  ghost.className = "board-ghost";
  ghost.dataset.drawer = "";
  ghost.tabIndex = -1;
  ghost.setAttribute("aria-hidden", "true");
  board.append(ghost);
  return ghost;
}

function place(board: HTMLElement, ghost: HTMLAnchorElement, column: HTMLElement, y: number): void {
  const minute = minuteAt(board, column, y);
  const asked = new URLSearchParams({
    start: `${board.dataset.day}T${clock(minute)}`,
    [board.dataset.by === "room" ? "room" : "practitioner"]: column.dataset.column ?? "",
  });
  ghost.href = `${board.dataset.board}?${asked}`;
  ghost.textContent = `${clock(minute)} ${board.dataset.word}`;
  ghost.style.setProperty("--s", String(minute - Number(board.dataset.start)));
  if (ghost.parentElement !== column) column.append(ghost);
}

function offerEmptyPlaces(board: HTMLElement): void {
  const ghost = ghostFor(board);
  const follow = (event: PointerEvent): void => {
    const column = (event.target as HTMLElement).closest<HTMLElement>(".board-column");
    const busy = (event.target as HTMLElement).closest(".appt");
    ghost.hidden = !column || !!busy;
    if (column && !busy) place(board, ghost, column, event.clientY);
  };
  board.addEventListener("pointermove", follow);
  board.addEventListener("pointerdown", follow);
  board.addEventListener("pointerleave", () => {
    ghost.hidden = true;
  });
  board.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target.closest(".board-column") && !target.closest("a") && !ghost.hidden) ghost.click();
  });
}

/** Once a minute, for as long as the board stands there. */
function moveNow(board: HTMLElement): void {
  const lines = board.querySelectorAll<HTMLElement>("[data-now]");
  if (!lines.length) return;
  const began = Date.now();
  const first = Number(getComputedStyle(lines[0]).getPropertyValue("--s"));
  const timer = window.setInterval(() => {
    if (!board.isConnected) window.clearInterval(timer);
    const now = first + Math.floor((Date.now() - began) / 60_000);
    lines.forEach((line) => line.style.setProperty("--s", String(now)));
  }, 60_000);
}

function showNow(board: HTMLElement): void {
  const scroll = board.parentElement;
  const line = board.querySelector<HTMLElement>(".board-now");
  if (scroll && line) scroll.scrollTop = Math.max(line.offsetTop - scroll.clientHeight / 3, 0);
}

export function startBoard(element: HTMLElement): void {
  const board = element.querySelector<HTMLElement>(".board");
  if (!board) return;
  if (board.dataset.board) offerEmptyPlaces(board);
  moveNow(board);
  requestAnimationFrame(() => showNow(board));
}

/** Loaded like any area, should a page name it. */
export function mount(element: HTMLElement): void {
  startBoard(element);
}
