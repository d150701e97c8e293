/** Signs out after some idle minutes, with a warning one minute before; what was typed is kept. */
import { Modal } from "@tabler/core/dist/js/tabler.esm.js";
import { flushDrafts } from "./drafts";
import { post } from "./server";

const MINUTE = 60000;
const EVERY = 5000;
const KEY = "liangyi-last-seen";

function seen(): number {
  return Number(localStorage.getItem(KEY) ?? Date.now());
}

export function startIdle(): void {
  const box = document.getElementById("idle");
  if (!box) return;
  const limit = Number(box.dataset.idleMinutes) * MINUTE;
  const modal = Modal.getOrCreateInstance(box);
  let told = 0;
  let warned = false;

  const touch = (): void => {
    if (warned) return;
    localStorage.setItem(KEY, String(Date.now()));
  };
  const keepAlive = (): void => {
    told = Date.now();
    void post(box.dataset.keepAlive ?? "", new URLSearchParams()).catch(() => undefined);
  };
  const stay = (): void => {
    warned = false;
    modal.hide();
    touch();
    keepAlive();
  };
  const leave = async (): Promise<void> => {
    await flushDrafts();
    const next = window.location.pathname + window.location.search;
    await post(box.dataset.signOut ?? "", new URLSearchParams({ idle: "1" }), { redirect: "manual" }).catch(() => undefined);
    window.location.href = `/sign-in/?${new URLSearchParams({ next, idle: "1" })}`;
  };
  const check = (): void => {
    const idle = Date.now() - seen();
    if (idle >= limit) {
      void leave();
    } else if (idle >= limit - MINUTE) {
      warned = true;
      modal.show();
    } else {
      if (warned) {
        warned = false;
        modal.hide();
      }
      if (idle < MINUTE && Date.now() - told > MINUTE) keepAlive();
    }
  };

  touch();
  told = Date.now();
  for (const name of ["pointerdown", "keydown", "scroll"]) document.addEventListener(name, touch, { passive: true });
  box.querySelector("[data-idle-stay]")?.addEventListener("click", stay);
  window.setInterval(check, EVERY);
}
