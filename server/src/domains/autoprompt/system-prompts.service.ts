import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { captionPrompt, motionPrompt } from "#domains/autoprompt/logic/system-prompts.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";

export type SystemPromptPurpose = "caption" | "motion";

export interface StudioSystemPrompt {
  purpose: SystemPromptPurpose;
  text: string;
  /** The studio says otherwise than usual. */
  isEdited: boolean;
}

const usual: Record<SystemPromptPurpose, string> = { caption: captionPrompt, motion: motionPrompt };

/** Characters of a system prompt. */
export const maxSystemPrompt = 20_000;
const textField = z.object({ text: storableText(maxSystemPrompt).trim().min(1, "a system prompt needs a text") });

/** Both, as they hold now. */
export async function systemPrompts({ db }: Pick<Deps, "db">): Promise<StudioSystemPrompt[]> {
  const rows = new Map((await db.prisma.systemPrompt.findMany()).map(({ purpose, text }) => [purpose, text]));
  return (["caption", "motion"] as const).map((purpose) => ({
    purpose,
    text: rows.get(purpose) ?? usual[purpose],
    isEdited: rows.has(purpose),
  }));
}

/** @param text null: as usual again @throws ValidationError */
export async function setSystemPrompt(
  { db }: Pick<Deps, "db">,
  purpose: SystemPromptPurpose,
  text: string | null,
): Promise<StudioSystemPrompt> {
  if (text === null) {
    await db.prisma.systemPrompt.deleteMany({ where: { purpose } });
    return { purpose, text: usual[purpose], isEdited: false };
  }
  const data = parseInput(textField, { text });
  await db.prisma.systemPrompt.upsert({ where: { purpose }, create: { purpose, ...data }, update: data });
  return { purpose, ...data, isEdited: true };
}
