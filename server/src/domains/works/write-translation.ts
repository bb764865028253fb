import type { Deps } from "#app/deps.ts";
import { patience } from "#domains/works/change-work.ts";
import { growingText } from "#domains/works/growing-text.ts";
import { settingsOf, settleTranslation } from "#domains/works/settle-translation.ts";
import { translationError } from "#domains/works/translation-error.ts";
import type { TranslationPayload } from "#domains/works/translation-job.ts";
import { DomainError } from "#lib/domain-error.ts";
import type { ChapterTranslation, Prisma, TranslationPart } from "#platform/db/generated/client.ts";
import { LlmAnswerError } from "#platform/llm/errors.ts";
import type { LlmAnswer } from "#platform/llm/llm.ts";
import { patiently } from "#platform/llm/patiently.ts";

type WriteDeps = Pick<Deps, "db" | "bus" | "llm" | "log">;

/** How often what a model says is stored while it speaks, in ms. */
const storeEveryMs = 150;

interface Writing {
  deps: WriteDeps;
  translation: ChapterTranslation;
  workId: string;
  /** Aborted when the process stops, when it was canceled, or when another worker has taken it. */
  signal: AbortSignal;
  /** It is ours no more. */
  lose: () => void;
}

/**
 * Writes the parts of a chapter that are missing, one after the other, so that the text grows from its beginning to its end.
 * Each is stored as it comes; what is there is not written again.
 * @throws when the process stops: another goes on
 */
export async function writeTranslation(
  deps: WriteDeps,
  payload: TranslationPayload,
  closing: AbortSignal,
): Promise<void> {
  const begun = await begin(deps, payload);
  if (!begun) return;
  const lost = new AbortController();
  const writing: Writing = {
    deps,
    ...begun,
    signal: AbortSignal.any([closing, lost.signal]),
    lose: () => lost.abort(),
  };
  const { id } = begun.translation;
  tell(writing);
  if (begun.translation.status === "FAILED") return;
  const stopListening = deps.bus.subscribe("translation.changed", ({ translationId }) => {
    if (translationId === id) void isOurs(writing).then((yes) => yes || lost.abort());
  });
  try {
    // Canceled between the beginning and the listening.
    if (!(await isOurs(writing))) return;
    const parts = await deps.db.prisma.translationPart.findMany({
      where: { translationId: id, status: { not: "DONE" } },
      orderBy: { index: "asc" },
    });
    for (const part of parts) await writePart(writing, part);
    await finish(writing, { status: "SUCCEEDED" });
  } catch (error) {
    closing.throwIfAborted();
    if (lost.signal.aborted) return;
    if (!(error instanceof DomainError)) throw error;
    await finish(writing, { status: "FAILED", error: { ...translationError(error) } });
  } finally {
    stopListening();
  }
}

/** Takes it, and settles what it is made with unless that is settled. Undefined when it is over, or begun anew by a retry. */
async function begin(
  { db }: WriteDeps,
  { translationId, attempt }: TranslationPayload,
): Promise<Pick<Writing, "translation" | "workId"> | undefined> {
  return db.prisma.$transaction(async (tx) => {
    const [translation] = await tx.chapterTranslation.updateManyAndReturn({
      where: { id: translationId, attempt, status: { in: ["PENDING", "RUNNING"] } },
      data: { status: "RUNNING", turn: { increment: 1 } },
    });
    if (!translation) return undefined;
    const isSettled = translation.modelSnapshot !== null;
    const { workId } = await tx.chapter.findUniqueOrThrow({
      where: { id: translation.chapterId },
      select: { workId: true },
    });
    return { translation: isSettled ? translation : await settleTranslation(tx, translation), workId };
  }, patience);
}

/** Only the worker that has taken it last may write, and only until it is over. */
const ours = ({ translation: { id, turn } }: Writing) => ({ id, turn, status: "RUNNING" as const });

async function isOurs(writing: Writing): Promise<boolean> {
  return (await writing.deps.db.prisma.chapterTranslation.count({ where: ours(writing) })) > 0;
}

function tell({ deps, translation, workId }: Writing): void {
  deps.bus.publish("translation.changed", { translationId: translation.id, workId });
}

async function writePart(writing: Writing, part: TranslationPart): Promise<void> {
  const { deps, translation, signal } = writing;
  signal.throwIfAborted();
  await store(writing, part, { status: "RUNNING", text: "" });
  const draft = growingText(storeEveryMs, async (text) => {
    await store(writing, part, { text }).catch((error: unknown) =>
      deps.log.warn({ err: error, translationId: translation.id }, "what a model says could not be stored yet"),
    );
  });
  const ask = (): Promise<LlmAnswer<string>> =>
    deps.llm.streamText(
      {
        purpose: "translation",
        model: translation.modelSnapshot ?? "",
        prompt: part.renderedPrompt ?? "",
        ...settingsOf(translation),
        signal,
      },
      draft.add,
    );
  try {
    // An answer that breaks off or can't be used is asked for once more.
    const answer = await patiently(signal, () =>
      ask().catch((error: unknown) => {
        if (!(error instanceof LlmAnswerError)) throw error;
        draft.clear();
        return ask();
      }),
    );
    await draft.end();
    await store(writing, part, {
      status: "DONE",
      text: answer.value,
      inputTokens: answer.tokens.input,
      outputTokens: answer.tokens.output,
      elapsedMs: answer.elapsedMs,
    });
  } catch (error) {
    await draft.end();
    if (!signal.aborted && error instanceof DomainError) await store(writing, part, { status: "FAILED" });
    throw error;
  }
  signal.throwIfAborted();
}

/** What it has come to, unless it is ours no more. */
async function store(
  writing: Writing,
  { translationId, index }: TranslationPart,
  data: Prisma.TranslationPartUpdateManyMutationInput,
): Promise<void> {
  const where = { translationId, index, translation: ours(writing) };
  const { count } = await writing.deps.db.prisma.translationPart.updateMany({ where, data });
  if (count === 0) writing.lose();
  else tell(writing);
}

/** A cancel that came first stays. */
async function finish(
  writing: Writing,
  data: { status: "SUCCEEDED" | "FAILED"; error?: Prisma.InputJsonObject },
): Promise<void> {
  await writing.deps.db.prisma.chapterTranslation.updateMany({
    where: ours(writing),
    data: { ...data, finishedAt: new Date() },
  });
  tell(writing);
}
