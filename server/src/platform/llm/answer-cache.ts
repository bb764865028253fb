import { createHash } from "node:crypto";
import type { Db } from "#platform/db/client.ts";
import type { LlmRequest } from "#platform/llm/llm.ts";
import type { JsonValue } from "#lib/json.ts";

/** What remembers answers, so that the same question costs nothing the second time. */
export interface AnswerCache {
  find(key: string): Promise<JsonValue | undefined>;
  keep(key: string, model: string, value: JsonValue): Promise<void>;
}

/** One row an answer; the clean-up takes those that nobody wanted for long. */
export function createAnswerCache({ prisma }: Pick<Db, "prisma">): AnswerCache {
  return {
    async find(key) {
      const [row] = await prisma.llmAnswer.updateManyAndReturn({
        where: { key },
        data: { usedAt: new Date() },
        select: { value: true },
      });
      return row?.value as JsonValue | undefined;
    },
    async keep(key, model, value) {
      const data = { model, value: value as object, usedAt: new Date() };
      await prisma.llmAnswer.upsert({ where: { key }, create: { key, ...data }, update: data });
    },
  };
}

/** Answers that nobody wanted for this long go, in days. */
const keptDays = 180;

/** @returns how many went */
export async function forgetOldAnswers({ prisma }: Pick<Db, "prisma">, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  const { count } = await prisma.llmAnswer.deleteMany({ where: { usedAt: { lt: before } } });
  return count;
}

/** Whatever changes the answer changes the key: model, texts, the pictures' bytes, the shape that was asked for. */
export function answerKey(model: string, request: LlmRequest, shape: unknown): string {
  const asked = {
    model,
    system: request.system,
    prompt: request.prompt,
    images: (request.images ?? []).map(({ sha256 }) => sha256),
    temperature: request.temperature ?? null,
    maxOutputTokens: request.maxOutputTokens ?? null,
    topP: request.topP,
    presencePenalty: request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty,
    seed: request.seed,
    extra: request.extra,
    shape,
  };
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex");
}
