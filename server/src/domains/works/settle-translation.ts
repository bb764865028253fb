import { callSettings, partCharactersOf, type PromptParameters } from "#domains/works/logic/prompt-parameters.ts";
import { splitChapter } from "#domains/works/logic/split-chapter.ts";
import { renderTemplate, type TemplateVariable } from "#domains/works/logic/template.ts";
import { promptMissing, type TranslationError } from "#domains/works/translation-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { ChapterTranslation, Prisma } from "#platform/db/generated/client.ts";

/** For a variable that nobody has filled in yet: a heading without anything below it confuses models. */
const nothing = "(none)";

/**
 * Settles what a translation is made with, at the moment when it begins: the newest version of the prompt, and chapter,
 * summary and glossary as they are now. A chapter that can't be translated becomes a failed translation.
 */
export async function settleTranslation(tx: PrismaTx, translation: ChapterTranslation): Promise<ChapterTranslation> {
  const { id, chapterId, targetLanguage } = translation;
  const chapter = await tx.chapter.findUniqueOrThrow({
    where: { id: chapterId },
    include: { work: { include: { prompt: true } } },
  });
  const { work, workId, number } = chapter;
  const version = work.prompt && (await latestVersion(tx, work.prompt));
  const parameters = (version?.parameters ?? {}) as PromptParameters;
  const parts = splitChapter(chapter.text, partCharactersOf(parameters));
  if (!version) return fail(tx, id, promptMissing);
  if (parts.length === 0)
    return fail(tx, id, { code: "CHAPTER_EMPTY", message: "The chapter has no text", hint: "Add its text first." });
  const previous = await tx.chapter.findFirst({
    where: { workId, number: { lt: number } },
    orderBy: { number: "desc" },
    select: { summary: true },
  });
  const promptOf = (text: string): string => {
    const values: Record<TemplateVariable, string> = {
      "work.title": work.title,
      "work.language": work.language,
      target_language: targetLanguage,
      "chapter.number": String(number),
      "chapter.title": chapter.title,
      "chapter.text": text,
      previous_summary: previous?.summary.trim() || nothing,
      glossary: work.glossary.trim() || nothing,
    };
    const own = Object.entries(parameters).map(([name, value]) => [name, String(value)] as const);
    return renderTemplate(version.template, new Map([...Object.entries(values), ...own]));
  };
  await tx.translationPart.createMany({
    data: parts.map(({ text, glue }, index) => ({
      translationId: id,
      index,
      sourceText: text,
      glue,
      renderedPrompt: promptOf(text),
    })),
  });
  return tx.chapterTranslation.update({
    where: { id },
    data: {
      promptVersionId: version.id,
      modelSnapshot: version.model,
      templateSnapshot: version.template,
      parametersSnapshot: version.parameters as Prisma.InputJsonObject,
      startedAt: new Date(),
    },
  });
}

function latestVersion(tx: PrismaTx, { id: promptId, lastNumber: number }: { id: string; lastNumber: number }) {
  return tx.promptVersion.findUniqueOrThrow({ where: { promptId_number: { promptId, number } } });
}

function fail(tx: PrismaTx, id: string, error: TranslationError): Promise<ChapterTranslation> {
  const data = { status: "FAILED" as const, error: { ...error }, finishedAt: new Date() };
  return tx.chapterTranslation.update({ where: { id }, data });
}

/** How the model of a settled translation is called. */
export function settingsOf({ parametersSnapshot }: ChapterTranslation) {
  return callSettings((parametersSnapshot ?? {}) as PromptParameters);
}
