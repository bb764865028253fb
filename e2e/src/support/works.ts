import { ask, change, eventually, unique } from "./api.ts";

export interface TranslatedWork {
  id: string;
  title: string;
  chapterId: string;
  emptyChapterId: string;
}

/** A work with a translated chapter and one without a text, and a prompt that was changed since. */
export async function translatedWork(name: string, projectId?: string): Promise<TranslatedWork> {
  const title = unique(name);
  const { work } = await change<{ work: { id: string } }>(
    "createWork",
    "CreateWorkInput",
    { title, author: "Sawada Rin", language: "Japanese", glossary: "灯 = Akari", ...(projectId && { projectId }) },
    "work { id }",
  );
  const addChapter = (input: object) =>
    change<{ chapter: { id: string } }>("createChapter", "CreateChapterInput", input, "chapter { id }");
  const text = Array.from({ length: 8 }, () => "朝から雨が降っていた。灯台の明かりが霧の中で揺れていた。").join("\n\n");
  const { chapter } = await addChapter({ workId: work.id, title: "Rain", text, summary: "Akari waits at the quay." });
  const { chapter: empty } = await addChapter({ workId: work.id, title: "The boat that never came back to the quay" });
  const { work: seeded } = await change<{
    work: { prompt: { id: string; latestVersion: { model: string; template: string } } };
  }>(
    "seedDefaultPrompts",
    "SeedDefaultPromptsInput",
    { workId: work.id },
    "work { prompt { id latestVersion { model template } } }",
  );
  const { chapterTranslation } = (
    await ask<{ translateChapter: { chapterTranslation: { id: string } } }>(
      `mutation ($input: TranslateChapterInput!) { translateChapter(input: $input) {
         ... on ChapterTranslationPayload { chapterTranslation { id } } } }`,
      { input: { chapterId: chapter.id } },
    )
  ).translateChapter;
  await eventually(async () => {
    const { chapterTranslation: now } = await ask<{ chapterTranslation: { status: string } }>(
      "query ($id: ID!) { chapterTranslation(id: $id) { status } }",
      { id: chapterTranslation.id },
    );
    if (now.status !== "SUCCEEDED") throw new Error(`The translation is ${now.status}`);
  });
  const { id: promptId, latestVersion } = seeded.prompt;
  await ask("mutation ($input: AppendPromptVersionInput!) { appendPromptVersion(input: $input) { __typename } }", {
    input: {
      promptId,
      model: latestVersion.model,
      template: latestVersion.template.replace("nothing is left out", "not a word is left out"),
      parameters: { temperature: 0.5, tone: "dry" },
      metadata: { why: "Less flowery" },
    },
  });
  return { id: work.id, title, chapterId: chapter.id, emptyChapterId: empty.id };
}
