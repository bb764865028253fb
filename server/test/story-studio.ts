import type { Viewer } from "#domains/accounts/viewer.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { createProjectAsset, type ProjectAssetInput } from "#domains/stories/project-assets.service.ts";
import { createScene, type SceneInput } from "#domains/stories/scenes.service.ts";
import { storyOf } from "#domains/stories/story.service.ts";
import { encodeId } from "#graphql/ids.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";
import type { TestApp } from "#test/test-app.ts";

/** A project with the story that a test tells, and the people in and outside of it. */
export async function makeStoryStudio(app: TestApp, name: string) {
  const { deps, admin } = app;
  const { prisma } = deps.db;
  const project = await createProject(deps, admin, { name });
  const { mainBranchId: branchId } = await storyOf(deps, project.id);
  const person = async (projectIds: string[]): Promise<Viewer> => {
    const user = await prisma.user.create({ data: { name: `Creator of ${name}`, role: "CREATOR" } });
    return { userId: user.id, name: user.name, role: "CREATOR", projectIds };
  };
  const [creator, stranger] = [await person([project.id]), await person([])];
  const sha256 = Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64);
  await prisma.blob.create({ data: { sha256, bytes: 12, mime: "image/png", width: 3, height: 2 } });
  let pictures = 0;
  return {
    projectId: project.id,
    branchId,
    creator,
    stranger,
    ids: { project: encodeId("Project", project.id), branch: encodeId("Branch", branchId) },
    /** Adds a scene at the end. @returns its id */
    scene: async (title: string, input: SceneInput = {}) =>
      (await createScene(deps, creator, { branchId, title, ...input })).id,
    /** Adds an approved asset. @returns its id */
    asset: async (
      assetName: string,
      type: ProjectAssetType = "CHARACTER",
      input: Omit<ProjectAssetInput, "type"> = {},
    ) => (await createProjectAsset(deps, creator, { branchId, type, name: assetName, isLocked: true, ...input })).id,
    /** A picture of the project. @returns its id */
    picture: async () => {
      pictures += 1;
      const { id } = await prisma.asset.create({
        data: { sha256, kind: "UPLOAD", folder: name, filename: `${pictures}.png`, projectId: project.id },
      });
      return id;
    },
    /** Titles in story order, each with its number. */
    order: async (branch = branchId) =>
      (await prisma.scene.findMany({ where: { branchId: branch }, orderBy: { number: "asc" } })).map(
        ({ number, title }) => `${number} ${title}`,
      ),
    /** Runs a mutation as its people would. */
    mutate: async (mutation: string, input: object, payload = "", viewer: Viewer = creator) => {
      const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
      const { result } = await app.execute(
        `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) { __typename
           ${payload ? `... on ${type}Payload { ${payload} }` : ""}
           ... on ValidationError { issues { path message } } ... on Error { code path message } } }`,
        { input },
        { viewer },
      );
      return result;
    },
  };
}
export type StoryStudio = Awaited<ReturnType<typeof makeStoryStudio>>;
