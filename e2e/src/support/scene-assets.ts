import { ask, change, unique } from "./api.ts";

interface Story {
  projectId: string;
  branchId: string;
  name: string;
  /** Ids of the scenes, in story order. */
  scenes: string[];
  /** Ids of the project assets by name. */
  assets: Record<string, string>;
}

interface StoryInput {
  scenes: { title: string; scriptExcerpt?: string; endStateSummary?: string; shots?: object[] }[];
  assets: { type: string; name: string; description?: string; isLocked?: boolean }[];
}

/** A project whose main branch has these scenes and assets. */
async function createStory({ scenes, assets }: StoryInput): Promise<Story> {
  const name = unique("Night ferry");
  const { project } = await change<{ project: { id: string } }>(
    "createProject",
    "CreateProjectInput",
    { name },
    "project { id }",
  );
  const { node } = await ask<{ node: { mainBranch: { id: string } } }>(
    "query ($id: ID!) { node(id: $id) { ... on Project { mainBranch { id } } } }",
    { id: project.id },
  );
  const branchId = node.mainBranch.id;
  const story: Story = { projectId: project.id, branchId, name, scenes: [], assets: {} };
  for (const asset of assets) {
    const { projectAsset } = await change<{ projectAsset: { id: string } }>(
      "createProjectAsset",
      "CreateProjectAssetInput",
      { branchId, isLocked: true, ...asset },
      "projectAsset { id }",
    );
    story.assets[asset.name] = projectAsset.id;
  }
  for (const input of scenes) {
    const { scene } = await change<{ scene: { id: string } }>(
      "createScene",
      "CreateSceneInput",
      { branchId, ...input },
      "scene { id }",
    );
    story.scenes.push(scene.id);
  }
  return story;
}

/** Three scenes of a lantern seller, with a character and a prop that are locked, and a character that is not. */
export const lanternStory = (): Promise<Story> =>
  createStory({
    scenes: [
      {
        title: "Closing time",
        scriptExcerpt: "Mara hangs up the brass lantern.",
        endStateSummary: "Mara is drenched.",
        shots: [{ action: "The first drops.", foreground: ["Mara"] }],
      },
      { title: "Tea and smoke", scriptExcerpt: "Mara comes in. Ilya pours." },
      { title: "Over the roofs" },
    ],
    assets: [
      { type: "CHARACTER", name: "Mara", description: "Red hair, indigo coat." },
      { type: "CHARACTER", name: "Ilya", description: "Grey beard.", isLocked: false },
      { type: "PROP", name: "Brass lantern", description: "Dented brass." },
    ],
  });

/** Gives a scene what the one before left. @returns ids of its states by name */
export async function inheritAssets(sceneId: string): Promise<Record<string, string>> {
  const { sceneAssets } = await change<{ sceneAssets: { id: string; projectAsset: { name: string } }[] }>(
    "inheritSceneAssets",
    "InheritSceneAssetsInput",
    { sceneId },
    "sceneAssets { id projectAsset { name } }",
  );
  return Object.fromEntries(sceneAssets.map(({ id, projectAsset }) => [projectAsset.name, id]));
}

export async function editSceneAsset(id: string, part: object): Promise<void> {
  await change("updateSceneAsset", "UpdateSceneAssetInput", { id, ...part }, "sceneAsset { id }");
}

export async function createLibraryAsset(input: object): Promise<void> {
  await change("createLibraryAsset", "CreateLibraryAssetInput", input, "libraryAsset { id }");
}

/** Makes a style of a project and locks it. */
export async function lockStyle(projectId: string): Promise<void> {
  const { visualStyle } = await change<{ visualStyle: { id: string } }>(
    "createVisualStyle",
    "CreateVisualStyleInput",
    { projectId, name: "Ink", prompt: "ink on paper" },
    "visualStyle { id }",
  );
  await change("lockVisualStyle", "LockVisualStyleInput", { id: visualStyle.id }, "visualStyle { id }");
}
