import { fromText, noNotifications, type Notifications, toText } from "#lib/notifications/notes.ts";

const storageKey = "callsheet.notifications";

/** What this browser keeps, shared by its windows: each change starts from what is stored at that moment. */
let present: Notifications | null = null;
let presentText: string | null = null;
const listeners = new Set<() => void>();

export function presentNotifications(): Notifications {
  present ??= look();
  return present;
}

/** @returns what holds afterwards; the same object as before when nothing changed */
export function changeNotifications(change: (all: Notifications) => Notifications): Notifications {
  const before = look();
  const next = change(before);
  if (next === before) return before;
  present = next;
  presentText = toText(next);
  write(presentText);
  listeners.forEach((listener) => listener());
  return next;
}

export function watchNotifications(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", takeOthers);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", takeOthers);
  };
}

/** Reads what is stored, which another window may have changed; nothing new is the same object. */
function look(): Notifications {
  const text = read();
  if (present && (text === presentText || text === null)) return present;
  present = text === null ? noNotifications : fromText(text);
  presentText = text;
  return present;
}

function takeOthers({ key }: StorageEvent): void {
  if (key !== storageKey) return;
  look();
  listeners.forEach((listener) => listener());
}

/** A browser may refuse its storage; then nothing is kept over a reload, and all else works. */
function read(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function write(text: string): void {
  try {
    window.localStorage.setItem(storageKey, text);
  } catch {
    // Full or refused.
  }
}
