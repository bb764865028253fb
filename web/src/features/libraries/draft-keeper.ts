import { applied, changesBetween } from "#features/libraries/draft-changes.ts";
import type { Entries, EntryChanges } from "#features/libraries/library-draft.ts";
import type { Failure } from "#lib/graphql/failure.ts";

/** A draft as the server has it. */
export interface KeptDraft {
  id: string;
  /** The entries when it was opened. */
  base: Entries;
  entries: Entries;
  updatedAt: string;
  expiresAt: string;
}

type Answer = { draft: KeptDraft; failure: null } | { draft: null; failure: Failure };

/** The server's side of a draft. */
export interface DraftServer {
  open: () => Promise<Answer>;
  edit: (id: string, changes: EntryChanges) => Promise<Answer>;
  discard: (id: string) => Promise<Failure | null>;
}

export interface Keeping {
  state: "none" | "waiting" | "kept" | "failed";
  /** Null when there is none, and while it is not known what the server has. */
  draft: KeptDraft | null;
  /** What the changes are changes of, once the server has said so. */
  base: Entries | null;
  failure: Failure | null;
  /** Whether it is going to be tried again without a further change. */
  willRetry: boolean;
}

const nothing: Keeping = { state: "none", draft: null, base: null, failure: null, willRetry: false };
/** Failures that the same request would meet again. */
const finalCodes = new Set(["VALIDATION", "NOT_FOUND", "FORBIDDEN", "TOO_MANY_DRAFTS"]);
const noChanges: EntryChanges = { setEntries: {}, removeKeys: [] };
/** After the last change, in ms. */
const settleMs = 1_000;
/** After a failure, in ms. */
const retryMs = 5_000;

interface Options {
  server: DraftServer;
  /** After the server has everything that was wanted so far. */
  onKept?: (draft: KeptDraft | null) => void;
  /** Changes that came into the draft from another window of the same person; they are wanted from then on. */
  onForeign?: (changes: EntryChanges) => void;
  /** Whether a draft without changes stays, being a new library. */
  keepsEmpty?: boolean;
  /** Calls later, and gives a function that calls it off. */
  later?: (run: () => void, ms: number) => () => void;
}

export type DraftKeeper = ReturnType<typeof createDraftKeeper>;

/**
 * Brings what a person changes to the server's draft: a while after the last change, one request at a time, and again
 * until it is there. After a failure it asks what the server has before it sends anything.
 */
export function createDraftKeeper({ server, onKept, onForeign, keepsEmpty = false, later = browserLater }: Options) {
  let keeping = nothing;
  let wanted: EntryChanges | null = null;
  let isUnsent = false;
  /** Keys that this keeper has had a say in; others in the draft are left as they are. */
  let touched = new Set<string>();
  let lastId: string | null = null;
  let sending: Promise<boolean> | null = null;
  let callOff = () => {};
  const watchers = new Set<() => void>();
  const tell = (next: Keeping) => {
    keeping = next;
    lastId = next.draft?.id ?? lastId;
    watchers.forEach((watcher) => watcher());
  };
  const forget = () => {
    callOff();
    wanted = null;
    isUnsent = false;
    lastId = null;
    touched = new Set();
    tell(nothing);
  };
  const touch = ({ setEntries, removeKeys }: EntryChanges) => {
    for (const key of [...Object.keys(setEntries), ...removeKeys]) touched.add(key);
  };

  const discardKept = async (): Promise<Failure | null> => {
    const failure = lastId === null ? null : await server.discard(lastId);
    return failure?.code === "NOT_FOUND" ? null : failure;
  };
  /** The draft that there was, also when its library is gone by now; else another. */
  const find = async (): Promise<Answer> => {
    const known = lastId === null ? null : await server.edit(lastId, noChanges);
    return known && known.failure?.code !== "NOT_FOUND" ? known : server.open();
  };
  const bring = async (changes: EntryChanges): Promise<Failure | null> => {
    if (!keepsEmpty && isEmpty(changes)) {
      const failure = await discardKept();
      if (failure) return failure;
      lastId = null;
      touched = new Set();
      tell(nothing);
      onKept?.(null);
      return null;
    }
    let { draft } = keeping;
    if (!draft) {
      const answer = await find();
      if (!answer.draft) return answer.failure;
      ({ draft } = answer);
      tell({ ...keeping, draft, base: draft.base });
    }
    touch(changes);
    const target = applied(draft.base, changes);
    const changed = among(touched, changesBetween(draft.entries, target));
    if (changed) {
      const answer = await server.edit(draft.id, changed);
      if (!answer.draft) return answer.failure;
      ({ draft } = answer);
    }
    const foreign = changesBetween(target, draft.entries);
    if (foreign && !isUnsent) {
      wanted = changesBetween(draft.base, draft.entries) ?? noChanges;
      touch(foreign);
      onForeign?.(foreign);
    }
    tell({ state: isUnsent ? "waiting" : "kept", draft, base: draft.base, failure: null, willRetry: false });
    if (!isUnsent) onKept?.(draft);
    return null;
  };
  const send = async (): Promise<boolean> => {
    let mayReopen = true;
    while (isUnsent && wanted) {
      isUnsent = false;
      const failure = await bring(wanted);
      if (!failure) continue;
      if (wanted === null) break;
      isUnsent = true;
      const isGone = failure.code === "NOT_FOUND" && keeping.draft !== null;
      tell({ ...keeping, draft: null });
      if (isGone && mayReopen) {
        mayReopen = false;
        continue;
      }
      const willRetry = !finalCodes.has(failure.code);
      tell({ ...keeping, state: "failed", failure, willRetry });
      callOff();
      if (willRetry) callOff = later(() => void flush(), retryMs);
      return false;
    }
    return true;
  };
  const flush = (): Promise<boolean> => {
    callOff();
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  };

  return {
    now: () => keeping,
    watch: (watcher: () => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    /** What the draft shall be, told by all its changes. */
    want: (changes: EntryChanges) => {
      wanted = changes;
      isUnsent = true;
      tell({ ...keeping, state: keeping.state === "failed" ? "failed" : "waiting" });
      callOff();
      callOff = later(() => void flush(), settleMs);
    },
    /** Sends at once; false when the server does not have it all, and `now()` says why. */
    flush,
    /** Goes on with a draft that the server has. */
    adopt: (draft: KeptDraft) => {
      wanted = changesBetween(draft.base, draft.entries) ?? noChanges;
      touch(wanted);
      tell({ ...nothing, state: "kept", draft, base: draft.base });
    },
    /** It is not known any more what the server has: the next `flush` opens the draft again, or another. */
    reopen: () => {
      isUnsent = wanted !== null;
      tell({ ...keeping, draft: null });
    },
    /** The draft has ended, without a word to the server. */
    forget,
    /** Ends the draft on the server as well. */
    discard: async (): Promise<Failure | null> => {
      callOff();
      wanted = null;
      isUnsent = false;
      await sending;
      const failure = await discardKept();
      if (!failure) forget();
      return failure;
    },
  };
}

function isEmpty({ setEntries, removeKeys }: EntryChanges): boolean {
  return Object.keys(setEntries).length + removeKeys.length === 0;
}

/** The part of changes that is about these keys; null when there is none. */
function among(keys: ReadonlySet<string>, changes: EntryChanges | null): EntryChanges | null {
  if (!changes) return null;
  const set = Object.entries(changes.setEntries).filter(([key]) => keys.has(key));
  const removeKeys = changes.removeKeys.filter((key) => keys.has(key));
  return set.length + removeKeys.length === 0 ? null : { setEntries: Object.fromEntries(set), removeKeys };
}

function browserLater(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
