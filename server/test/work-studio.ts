import type { Viewer } from "#domains/accounts/viewer.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { type ChapterInput, createChapter } from "#domains/works/chapters.service.ts";
import { createWorkPrompt } from "#domains/works/work-prompts.service.ts";
import { createWork } from "#domains/works/works.service.ts";
import { encodeId } from "#graphql/ids.ts";
import type { TestApp } from "#test/test-app.ts";

/** A work of a project, without chapters and without a prompt, and the people in and outside of it. */
export async function makeWorkStudio(app: TestApp, title: string) {
  const { deps, admin } = app;
  const project = await createProject(deps, admin, { name: title });
  const person = async (projectIds: string[]): Promise<Viewer> => {
    const user = await deps.db.prisma.user.create({ data: { name: `Creator of ${title}`, role: "CREATOR" } });
    return { userId: user.id, name: user.name, role: "CREATOR", projectIds };
  };
  const [creator, stranger] = [await person([project.id]), await person([])];
  const work = await createWork(deps, creator, { title, language: "Japanese", projectId: project.id });
  const mutate = async (mutation: string, input: object, payload = "", viewer: Viewer = creator) => {
    const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
    const payloadType = payloadTypes[mutation] ?? `${type}Payload`;
    const { result } = await app.execute(
      `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) { __typename
         ${payload ? `... on ${payloadType} { ${payload} }` : ""}
         ... on ValidationError { issues { path message } } ... on UnavailableError { hint }
         ... on Error { code path message } } }`,
      { input },
      { viewer },
    );
    return result;
  };
  return {
    projectId: project.id,
    workId: work.id,
    creator,
    stranger,
    ids: { project: encodeId("Project", project.id), work: encodeId("Work", work.id) },
    mutate,
    /** Adds a chapter at the end. @returns its global id */
    chapter: async (input: ChapterInput) =>
      encodeId("Chapter", (await createChapter(deps, creator, { workId: work.id, ...input })).id),
    /** Gives the work its prompt. @returns its global id */
    prompt: async (model: string, template: string, parameters: object = {}) => {
      const input = { workId: work.id, name: "Translation", model, template, parameters };
      return encodeId("WorkPrompt", (await createWorkPrompt(deps, creator, input)).workPrompt.id);
    },
  };
}
export type WorkStudio = Awaited<ReturnType<typeof makeWorkStudio>>;

/** Those that several mutations share. */
const payloadTypes: Record<string, string> = {
  appendPromptVersion: "PromptVersionPayload",
  revertPromptVersion: "PromptVersionPayload",
  translateChapter: "ChapterTranslationPayload",
  cancelTranslation: "ChapterTranslationPayload",
  retryTranslation: "ChapterTranslationPayload",
};
