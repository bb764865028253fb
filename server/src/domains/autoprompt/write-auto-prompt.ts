import pLimit from "p-limit";
import type { Deps } from "#app/deps.ts";
import type { AutoPromptPayload } from "#domains/autoprompt/auto-prompt-job.ts";
import { type PictureItem, writeCaption, writeMotion } from "#domains/autoprompt/write-one.ts";
import { DomainError, UnavailableError } from "#lib/domain-error.ts";
import type { AutoPrompt, AutoPromptItem } from "#platform/db/generated/client.ts";
import { LlmUnavailableError } from "#platform/llm/errors.ts";
import { patiently } from "#platform/llm/patiently.ts";

type WriteDeps = Pick<Deps, "db" | "bus" | "llm" | "storage" | "log">;

/** What went wrong with one picture, for people. */
export interface AutoPromptError {
  code: string;
  message: string;
  hint: string | null;
}

/**
 * Writes what is missing: first all descriptions, then all prompts, so that a desktop server changes its model once. Each
 * result is stored as it comes; what is there is not written again.
 * @throws when the process stops: another goes on
 */
export async function writeAutoPrompt(
  deps: WriteDeps,
  payload: AutoPromptPayload,
  closing: AbortSignal,
): Promise<void> {
  const autoPrompt = await begin(deps, payload);
  if (!autoPrompt) return;
  const canceled = new AbortController();
  const stopListening = deps.bus.subscribe("autoPrompt.changed", ({ autoPromptId }) => {
    if (autoPromptId === autoPrompt.id) void isCanceled(deps, autoPrompt.id).then((yes) => yes && canceled.abort());
  });
  try {
    // Canceled between the beginning and the listening.
    if (await isCanceled(deps, autoPrompt.id)) return;
    const writing = { deps, autoPrompt, signal: AbortSignal.any([closing, canceled.signal]) };
    if (autoPrompt.stage !== "MOTION") await pass(writing, "CAPTIONING");
    if (autoPrompt.stage !== "CAPTION") await pass(writing, "WRITING");
    if (canceled.signal.aborted) return;
    closing.throwIfAborted();
    await finish(deps, autoPrompt.id);
  } finally {
    stopListening();
  }
}

interface Writing {
  deps: WriteDeps;
  autoPrompt: AutoPrompt;
  signal: AbortSignal;
}
type Pass = "CAPTIONING" | "WRITING";

/** Marks it as begun; undefined when it is over, was canceled, or another attempt has taken its place. */
async function begin(
  { db, bus }: WriteDeps,
  { autoPromptId, attempt }: AutoPromptPayload,
): Promise<AutoPrompt | undefined> {
  const [autoPrompt] = await db.prisma.autoPrompt.updateManyAndReturn({
    where: { id: autoPromptId, attempt, status: { in: ["PENDING", "RUNNING"] } },
    data: { status: "RUNNING" },
  });
  if (autoPrompt) bus.publish("autoPrompt.changed", { autoPromptId });
  return autoPrompt;
}

async function isCanceled({ db }: WriteDeps, id: string): Promise<boolean> {
  const row = await db.prisma.autoPrompt.findUnique({ where: { id }, select: { status: true } });
  return row?.status !== "RUNNING";
}

/** One text for each picture that lacks it. A server that went away ends the pass: the rest need not be tried. */
async function pass({ deps, autoPrompt, signal }: Writing, kind: Pass): Promise<void> {
  const items = await deps.db.prisma.autoPromptItem.findMany({
    where: {
      autoPromptId: autoPrompt.id,
      status: { in: ["PENDING", "CAPTIONING", "WRITING"] },
      ...(kind === "CAPTIONING" ? { caption: null } : {}),
    },
    orderBy: { index: "asc" },
    include: { asset: { select: { sha256: true, filename: true } } },
  });
  let away: LlmUnavailableError | undefined;
  const one = async (item: PictureItem): Promise<void> => {
    if (signal.aborted) return;
    try {
      if (away) throw away;
      await store(deps, item, { status: kind });
      const written = await patiently(signal, () =>
        kind === "CAPTIONING"
          ? writeCaption(deps, autoPrompt, item, signal)
          : writeMotion(deps, autoPrompt, item, signal),
      );
      const isLast = kind === "WRITING" || autoPrompt.stage === "CAPTION";
      await store(deps, item, { ...written, status: isLast ? "DONE" : "PENDING" });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DomainError)) throw error;
      if (error instanceof LlmUnavailableError) away = error;
      await store(deps, item, { status: "FAILED", error: { ...errorOf(error) } });
    }
  };
  const turns = pLimit(deps.llm.settings?.concurrency ?? 1);
  await Promise.all(items.map((item) => turns(one, item)));
}

/** A result, unless it was canceled meanwhile. */
async function store(
  { db, bus }: WriteDeps,
  { autoPromptId, index }: AutoPromptItem,
  data: Parameters<typeof db.prisma.autoPromptItem.updateMany>[0]["data"],
): Promise<void> {
  const where = { autoPromptId, index, status: { not: "CANCELED" as const } };
  const { count } = await db.prisma.autoPromptItem.updateMany({ where, data });
  if (count > 0) bus.publish("autoPrompt.changed", { autoPromptId });
}

function errorOf(error: DomainError): AutoPromptError {
  const hint = error instanceof UnavailableError ? error.hint : null;
  return { code: error.code, message: error.message, hint };
}

/** Told by its pictures; a cancel that came first stays. */
async function finish({ db, bus }: WriteDeps, autoPromptId: string): Promise<void> {
  await db.pool.query(
    `UPDATE auto_prompt SET finished_at = now(), status = (
       SELECT CASE WHEN bool_and(status = 'DONE') THEN 'SUCCEEDED' WHEN bool_or(status = 'DONE') THEN 'PARTIAL' ELSE 'FAILED' END
       FROM auto_prompt_item WHERE auto_prompt_id = $1)::"AutoPromptStatus"
     WHERE id = $1 AND status = 'RUNNING'`,
    [autoPromptId],
  );
  bus.publish("autoPrompt.changed", { autoPromptId });
}
