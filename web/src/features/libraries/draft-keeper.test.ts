import { applied } from "./draft-changes.ts";
import { createDraftKeeper, type DraftServer, type KeptDraft } from "./draft-keeper.ts";
import type { Entries } from "./library-draft.ts";

const base = { base: "35mm", mood: "calm" };
const set = (setEntries: Entries, removeKeys: string[] = []) => ({ setEntries, removeKeys });
const failed = (code: string) => ({ code, message: code, hint: null, issues: [] });

/** A server with one draft, and a clock that goes on when it is told. */
function stage(options: { keepsEmpty?: boolean } = {}) {
  const asked: string[] = [];
  const broken: string[] = [];
  const timers = new Set<{ run: () => void; ms: number }>();
  let draft: KeptDraft | null = null;
  let opened = 0;
  const answer = (what: string, act: () => KeptDraft) => {
    asked.push(what);
    const code = broken.shift();
    return Promise.resolve(code ? { draft: null, failure: failed(code) } : { draft: act(), failure: null });
  };
  const server: DraftServer = {
    open: () =>
      answer("open", () => {
        draft ??= { id: `d${(opened += 1)}`, base, entries: base, updatedAt: "1", expiresAt: "2" };
        return draft;
      }),
    edit: (id, changes) => {
      if (draft?.id !== id)
        return answer("edit", () => ({}) as KeptDraft).then(() => ({ draft: null, failure: failed("NOT_FOUND") }));
      return answer(
        "edit",
        () => (draft = { ...(draft as KeptDraft), entries: applied((draft as KeptDraft).entries, changes) }),
      );
    },
    discard: (id) => {
      asked.push(`discard ${id}`);
      draft = null;
      return Promise.resolve(null);
    },
  };
  const kept: (KeptDraft | null)[] = [];
  const keeper = createDraftKeeper({
    server,
    ...options,
    onKept: (each) => kept.push(each),
    later: (run, ms) => {
      const timer = { run, ms };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  return {
    keeper,
    asked,
    broken,
    kept,
    server,
    delays: () => [...timers].map(({ ms }) => ms),
    held: () => draft?.entries ?? null,
    forgetDraft: () => (draft = null),
    goOn: () => {
      const due = [...timers];
      timers.clear();
      for (const { run } of due) run();
      return keeper.flush();
    },
  };
}

test("the first change opens a draft a second later, and what was changed by then is one edit", async () => {
  const { keeper, asked, delays, goOn, held, kept } = stage();
  keeper.want(set({ base: "5" }));
  keeper.want(set({ base: "50mm" }));
  expect(keeper.now().state).toBe("waiting");
  expect([asked, delays()]).toEqual([[], [1_000]]);
  expect(await goOn()).toBe(true);
  expect(asked).toEqual(["open", "edit"]);
  expect(held()).toEqual({ base: "50mm", mood: "calm" });
  expect(keeper.now()).toMatchObject({ state: "kept", base });
  expect(kept).toHaveLength(1);
});

test("what is taken back is taken back on the server, and a draft without changes ends", async () => {
  const { keeper, asked, goOn, held } = stage();
  keeper.want(set({ base: "50mm", grain: "fine" }, ["mood"]));
  await goOn();
  expect(held()).toEqual({ base: "50mm", grain: "fine" });
  keeper.want(set({ grain: "fine" }));
  await goOn();
  expect(held()).toEqual({ ...base, grain: "fine" });
  keeper.want(set({}));
  await goOn();
  expect(asked.at(-1)).toBe("discard d1");
  expect(keeper.now()).toMatchObject({ state: "none", draft: null });
});

test("a new library's draft stays without entries", async () => {
  const { keeper, asked, goOn } = stage({ keepsEmpty: true });
  keeper.want(set({}));
  await goOn();
  expect(asked).toEqual(["open"]);
  expect(keeper.now().state).toBe("kept");
});

test("what could not be sent is tried again, after asking what the server has", async () => {
  const { keeper, asked, broken, delays, goOn, held } = stage();
  keeper.want(set({ base: "50mm" }));
  await goOn();
  broken.push("NETWORK");
  keeper.want(set({ base: "85mm" }));
  expect(await goOn()).toBe(false);
  expect(keeper.now()).toMatchObject({ state: "failed", failure: { code: "NETWORK" }, willRetry: true });
  expect(delays()).toEqual([5_000]);
  expect(await goOn()).toBe(true);
  expect(asked).toEqual(["open", "edit", "edit", "edit", "edit"]);
  expect(held()).toEqual({ base: "85mm", mood: "calm" });
  expect(keeper.now().state).toBe("kept");
});

test("what the server refuses waits for another change", async () => {
  const { keeper, broken, delays, goOn } = stage();
  keeper.want(set({ base: "50mm" }));
  await goOn();
  broken.push("VALIDATION");
  keeper.want(set({ base: "too long" }));
  expect(await goOn()).toBe(false);
  expect(keeper.now()).toMatchObject({ state: "failed", willRetry: false });
  expect(delays()).toEqual([]);
  keeper.want(set({ base: "short" }));
  expect(await goOn()).toBe(true);
});

test("a draft that was forgotten meanwhile is opened again with all changes", async () => {
  const { keeper, forgetDraft, goOn, held } = stage();
  keeper.want(set({ base: "50mm" }));
  await goOn();
  forgetDraft();
  keeper.want(set({ base: "50mm", grain: "fine" }));
  expect(await goOn()).toBe(true);
  expect(held()).toEqual({ base: "50mm", mood: "calm", grain: "fine" });
  forgetDraft();
  keeper.reopen();
  expect(await keeper.flush()).toBe(true);
  expect(held()).toEqual({ base: "50mm", mood: "calm", grain: "fine" });
});

test("a discarded draft is gone on the server, and nothing is sent any more", async () => {
  const { keeper, asked, delays, goOn } = stage();
  keeper.want(set({ base: "50mm" }));
  await goOn();
  keeper.want(set({ base: "85mm" }));
  expect(await keeper.discard()).toBeNull();
  expect(asked).toEqual(["open", "edit", "discard d1"]);
  expect(delays()).toEqual([]);
  expect(keeper.now()).toMatchObject({ state: "none", draft: null, base: null });
});

test("two windows of one person keep each other's changes in the one draft", async () => {
  const { keeper, server, goOn, held } = stage();
  keeper.want(set({ base: "50mm" }));
  await goOn();
  const seen: unknown[] = [];
  const other = createDraftKeeper({ server, onForeign: (changes) => seen.push(changes), later: () => () => {} });
  other.want(set({ grain: "fine" }));
  expect(await other.flush()).toBe(true);
  expect(held()).toEqual({ base: "50mm", mood: "calm", grain: "fine" });
  expect(seen).toEqual([set({ base: "50mm" })]);
  // What came from the other window can be taken back here.
  other.want(set({ grain: "fine" }));
  await other.flush();
  expect(held()).toEqual({ ...base, grain: "fine" });
});
