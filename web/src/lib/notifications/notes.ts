import type { JobStatus } from "#gql/graphql.ts";

/** A job that was watched and has ended. */
export interface Note {
  jobId: string;
  name: string;
  status: JobStatus;
  /** How its runs ended, for people. */
  summary: string;
  /** When it ended, as ISO text: a job that is retried ends again. */
  at: string;
  isRead: boolean;
}

/** What one browser knows of jobs that somebody waits for. */
export interface Notifications {
  /** Ids of the jobs whose end is to be told, the latest last. */
  watched: readonly string[];
  /** The latest first. */
  notes: readonly Note[];
  /** Whether jobs that are submitted in this browser are watched. */
  watchesOwn: boolean;
  /** Whether the browser shows a notification when the page is out of sight. */
  usesBrowser: boolean;
}

export const noNotifications: Notifications = { watched: [], notes: [], watchesOwn: true, usesBrowser: false };

const maxWatched = 200;
const maxNotes = 50;
const endedStatuses: readonly JobStatus[] = ["SUCCEEDED", "PARTIAL", "FAILED", "CANCELED"];

export const isEnd = (status: JobStatus): boolean => endedStatuses.includes(status);

/** Watches jobs; beyond 200 those that were watched first are left. */
export function withWatched(all: Notifications, ids: readonly string[]): Notifications {
  const others = all.watched.filter((id) => !ids.includes(id));
  return { ...all, watched: [...others, ...ids].slice(-maxWatched) };
}

export function withoutWatched(all: Notifications, id: string): Notifications {
  return all.watched.includes(id) ? { ...all, watched: all.watched.filter((each) => each !== id) } : all;
}

/** Notes the end of a job that is watched, and watches it no more; the same object when there is nothing new in it. */
export function withEnd(all: Notifications, note: Note): Notifications {
  if (!all.watched.includes(note.jobId) || !isEnd(note.status)) return all;
  const known = all.notes.some(({ jobId, at }) => jobId === note.jobId && at === note.at);
  const notes = known ? all.notes : [note, ...all.notes].slice(0, maxNotes);
  return { ...withoutWatched(all, note.jobId), notes };
}

export function withAllRead(all: Notifications): Notifications {
  return all.notes.every(({ isRead }) => isRead)
    ? all
    : { ...all, notes: all.notes.map((note) => ({ ...note, isRead: true })) };
}

export const unreadIn = ({ notes }: Notifications): number => notes.filter(({ isRead }) => !isRead).length;

/** To be raised when what is stored can no longer be read as it was. */
const version = 1;

export const toText = (all: Notifications): string => JSON.stringify({ version, ...all });

/** What `toText` wrote. Everything is checked, for a browser's storage can hold anything; what is not right is left out. */
export function fromText(text: string | null): Notifications {
  const stored = parsed(text);
  if (!isRecord(stored) || stored["version"] !== version) return noNotifications;
  const { watched, notes, watchesOwn, usesBrowser } = stored;
  return {
    watched: Array.isArray(watched) ? [...new Set(watched.filter(isId))].slice(-maxWatched) : [],
    notes: Array.isArray(notes) ? notes.flatMap((note: unknown) => noteFrom(note) ?? []).slice(0, maxNotes) : [],
    watchesOwn: typeof watchesOwn === "boolean" ? watchesOwn : noNotifications.watchesOwn,
    usesBrowser: usesBrowser === true,
  };
}

function noteFrom(value: unknown): Note | null {
  if (!isRecord(value)) return null;
  const { jobId, name, status, summary, at, isRead } = value;
  const known = endedStatuses.find((each) => each === status);
  if (!isId(jobId) || typeof name !== "string" || !known) return null;
  if (typeof at !== "string" || Number.isNaN(Date.parse(at))) return null;
  return {
    jobId,
    name: name.slice(0, 200),
    status: known,
    summary: typeof summary === "string" ? summary.slice(0, 200) : "",
    at,
    isRead: isRead === true,
  };
}

function parsed(text: string | null): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isId = (value: unknown): value is string => typeof value === "string" && value !== "" && value.length <= 200;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
