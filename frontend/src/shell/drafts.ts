/** What is typed into a form is saved two seconds after typing stops, and offered again next time. */
import htmx from "htmx.org";
import { post } from "./server";

const PAUSE = 2000;
const AGAIN = 10000;
const FIELD = "_draft";

interface Draft {
  saved_at: string;
  fields: Record<string, string[]>;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Forms with something unsaved, and the timer that will save it. */
const dirty = new Map<HTMLFormElement, number>();
/** Saves under way: whoever leaves waits for them too. */
const saving = new Map<HTMLFormElement, Promise<void>>();

function url(): string {
  return document.getElementById("idle")?.dataset.drafts ?? "";
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) &&
      one.name !== "" && !one.name.startsWith("_") && one.name !== "csrfmiddlewaretoken" &&
      !["password", "file", "submit", "button"].includes(one.type),
  );
}

function typed(form: HTMLFormElement): URLSearchParams {
  const values = new URLSearchParams({ [FIELD]: form.dataset.draft ?? "" });
  for (const control of controls(form)) {
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type) && !control.checked) continue;
    if (control instanceof HTMLSelectElement) for (const option of control.selectedOptions) values.append(control.name, option.value);
    else values.append(control.name, control.value);
  }
  return values;
}

function clone(id: string): HTMLElement | undefined {
  const made = (document.getElementById(id) as HTMLTemplateElement | null)?.content.firstElementChild?.cloneNode(true);
  return made as HTMLElement | undefined;
}

function mark(form: HTMLFormElement, saved: string | null): void {
  let line = form.querySelector<HTMLElement>(".draft-mark");
  if (!line) {
    line = clone("draft-mark") ?? null;
    if (!line) return;
    (form.querySelector(".form-actions") ?? form).prepend(line);
  }
  line.textContent = saved ? `${line.dataset.saved} ${saved}` : (line.dataset.failed ?? "");
  line.classList.toggle("is-failed", !saved);
}

function saveIn(form: HTMLFormElement, wait: number): void {
  window.clearTimeout(dirty.get(form));
  dirty.set(form, window.setTimeout(() => void save(form), wait));
}

/** Sends what is typed; where the server could not be reached it is tried again. A redirect is no such
 * failure: it leads to the sign-in page, and asking again would change nothing. */
async function send(form: HTMLFormElement, keepalive: boolean): Promise<void> {
  let status = 503;
  try {
    const answer = await post(url(), typed(form), { keepalive, redirect: "manual" });
    status = answer.status;
    mark(form, answer.ok ? ((await answer.json()) as Draft).saved_at : null);
  } catch {
    mark(form, null);
  }
  if (status >= 500 && form.isConnected && !dirty.has(form)) saveIn(form, AGAIN);
}

/** One save at a time, so that an older one never lands last; on leaving there is no time to wait. */
function save(form: HTMLFormElement, keepalive = false): Promise<void> {
  window.clearTimeout(dirty.get(form));
  dirty.delete(form);
  const before = keepalive ? undefined : saving.get(form);
  const going = (before ? before.then(() => send(form, keepalive)) : send(form, keepalive)).finally(() => {
    if (saving.get(form) === going) saving.delete(form);
  });
  saving.set(form, going);
  return going;
}

/** Saves at once whatever has not been saved yet: before leaving, before being signed out. */
export async function flushDrafts(): Promise<void> {
  const sent = [...saving.values()];
  await Promise.all([...sent, ...[...dirty.keys()].map((form) => save(form, true))]);
}

function fill(form: HTMLFormElement, fields: Record<string, string[]>): void {
  for (const control of controls(form)) {
    const values = fields[control.name] ?? [];
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) {
      control.checked = values.includes(control.value);
    } else if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else if (values.length) {
      control.value = values[0];
    }
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form: HTMLFormElement, draft: Draft): void {
  const bar = clone("draft-bar");
  if (!bar) return;
  bar.querySelector("time")!.textContent = draft.saved_at;
  bar.querySelector("[data-draft-restore]")!.addEventListener("click", () => {
    fill(form, draft.fields);
    bar.remove();
  });
  bar.querySelector("[data-draft-discard]")!.addEventListener("click", () => {
    void post(url(), new URLSearchParams({ [FIELD]: form.dataset.draft ?? "", _discard: "1" }));
    bar.remove();
  });
  form.prepend(bar);
}

function same(form: HTMLFormElement, draft: Draft): boolean {
  const now = typed(form);
  return Object.entries(draft.fields).every(([name, values]) => now.getAll(name).join("\n") === values.join("\n"));
}

async function begin(form: HTMLFormElement): Promise<void> {
  if (form.dataset.draftReady !== undefined || !url()) return;
  form.dataset.draftReady = "";
  const key = document.createElement("input");
  key.type = "hidden";
  key.name = FIELD;
  key.value = form.dataset.draft ?? "";
  form.append(key);
  form.addEventListener("input", () => saveIn(form, PAUSE));
  form.addEventListener("submit", () => {
    window.clearTimeout(dirty.get(form));
    dirty.delete(form);
  });
  if (form.querySelector(".has-error, .refusal, .notice")) return;
  const answer = await fetch(`${url()}?${new URLSearchParams({ form: key.value })}`, {
    headers: { "X-Background": "1" },
    redirect: "manual",
  });
  if (answer.status !== 200) return;
  const draft = (await answer.json()) as Draft;
  if (!same(form, draft)) offer(form, draft);
}

export function startDrafts(): void {
  htmx.onLoad((element) => {
    const root = element as HTMLElement;
    if (root.matches("form[data-draft]")) void begin(root as HTMLFormElement);
    root.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => void begin(form));
  });
  window.addEventListener("pagehide", () => void flushDrafts());
  document.getElementById("drawer")?.addEventListener("hide.bs.offcanvas", () => void flushDrafts());
}
