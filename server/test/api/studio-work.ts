import { encodeId } from "#graphql/ids.ts";
import type { TestApp } from "#test/test-app.ts";

/** A work of a project with a translated chapter. @returns global ids by type */
export async function makeWork({ deps }: TestApp, input: { projectId: string; name: string; userId: string }) {
  const { prisma } = deps.db;
  const createdById = input.userId;
  const work = await prisma.work.create({
    data: {
      title: input.name,
      projectId: input.projectId,
      language: "Japanese",
      targetLanguage: "English",
      createdById,
      chapters: { create: { number: 1, title: "One", text: "雨。", characterCount: 2 } },
      prompt: {
        create: {
          name: "Translation",
          lastNumber: 1,
          versions: { create: { number: 1, model: "m", template: "{chapter.text}", createdById } },
        },
      },
    },
    include: { chapters: true, prompt: { include: { versions: true } } },
  });
  const [chapter] = work.chapters;
  const [version] = work.prompt?.versions ?? [];
  const translation = await prisma.chapterTranslation.create({
    data: {
      chapterId: chapter?.id ?? "",
      targetLanguage: "English",
      status: "SUCCEEDED",
      promptVersionId: version?.id ?? "",
      modelSnapshot: "m",
      templateSnapshot: "{chapter.text}",
      createdById,
      finishedAt: new Date(),
      parts: { create: { index: 0, sourceText: "雨。", renderedPrompt: "雨。", text: "Rain.", status: "DONE" } },
    },
  });
  return {
    Work: encodeId("Work", work.id),
    Chapter: encodeId("Chapter", chapter?.id ?? ""),
    WorkPrompt: encodeId("WorkPrompt", work.prompt?.id ?? ""),
    PromptVersion: encodeId("PromptVersion", version?.id ?? ""),
    ChapterTranslation: encodeId("ChapterTranslation", translation.id),
  };
}
