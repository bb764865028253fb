import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { createChapter } from "#domains/works/chapters.service.ts";
import { importTranslations } from "#domains/works/import-translations.service.ts";
import { defaultPrompt } from "#domains/works/logic/default-prompt.ts";
import { appendPromptVersion } from "#domains/works/prompt-versions.service.ts";
import { createWorkPrompt } from "#domains/works/work-prompts.service.ts";
import { createWork } from "#domains/works/works.service.ts";
import { usualModels } from "#platform/llm/llm.ts";

/** From the repository's root. */
const file = "examples/stories/the-last-lantern-novel.yaml";

interface DemoWork {
  title: string;
  author: string;
  description: string;
  language: string;
  targetLanguage: string;
  glossary: string;
  prompt: {
    name: string;
    /** Each says what it changes of the usual template. */
    versions: { note: string; parameters?: Record<string, string | number>; insteadOf?: string; say?: string }[];
  };
  chapters: { title: string; summary: string; text: string }[];
  imported: {
    targetLanguage: string;
    legacyPrompt: { name: string };
    translations: { chapterNumber: number; createdAt: string; text: string }[];
  };
}

/** Adds the novel that the demo studio's story is written from. What is there already stays as it is. */
export async function seedWork(deps: Deps, viewer: Viewer, projectId: string): Promise<void> {
  const { prompt, chapters, imported, ...fields } = parse(await readFile(file, "utf8")) as DemoWork;
  const { prisma } = deps.db;
  const known = await prisma.work.findFirst({ where: { projectId, title: fields.title } });
  const { id: workId } = known ?? (await createWork(deps, viewer, { ...fields, projectId }));
  for (const chapter of chapters.slice(await prisma.chapter.count({ where: { workId } })))
    await createChapter(deps, viewer, { workId, ...chapter });
  if ((await prisma.workPrompt.count({ where: { workId } })) === 0) await seedPrompt(deps, viewer, workId, prompt);
  const translations = imported.translations.map((each) => ({ ...each, createdAt: new Date(each.createdAt) }));
  await importTranslations(deps, viewer, { workId, ...imported, translations });
}

async function seedPrompt(deps: Deps, viewer: Viewer, workId: string, prompt: DemoWork["prompt"]): Promise<void> {
  const [first, ...later] = prompt.versions.map(({ note, parameters, insteadOf, say }) => ({
    model: deps.config.llm?.models.translation ?? usualModels.translation,
    template: insteadOf && say ? defaultPrompt.template.replace(insteadOf, () => say) : defaultPrompt.template,
    parameters: parameters ?? defaultPrompt.parameters,
    metadata: { note },
  }));
  if (!first) return;
  const { workPrompt } = await createWorkPrompt(deps, viewer, { workId, name: prompt.name, ...first });
  for (const version of later) await appendPromptVersion(deps, viewer, { promptId: workPrompt.id, ...version });
}
