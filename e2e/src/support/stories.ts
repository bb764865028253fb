import { ask, change, unique } from "./api.ts";

export interface Told {
  projectId: string;
  branchId: string;
  /** In story order. */
  sceneIds: string[];
}

/** A project with scenes of these titles in its main branch, and a library that its prompts may name. */
export async function tellStory(name: string, titles: readonly string[], entries?: object): Promise<Told> {
  const { project } = await change<{ project: { id: string; mainBranch: { id: string } } }>(
    "createProject",
    "CreateProjectInput",
    { name: unique(name) },
    "project { id mainBranch { id } }",
  );
  const branchId = project.mainBranch.id;
  const sceneIds: string[] = [];
  for (const title of titles) {
    const { scene } = await change<{ scene: { id: string } }>(
      "createScene",
      "CreateSceneInput",
      { branchId, title },
      "scene { id }",
    );
    sceneIds.push(scene.id);
  }
  if (entries) {
    const { library } = await change<{ library: { id: string } }>(
      "createLibrary",
      "CreateLibraryInput",
      { name: unique("Looks"), projectId: project.id, entries },
      "library { id }",
    );
    await change(
      "setProjectLibraries",
      "SetProjectLibrariesInput",
      { projectId: project.id, libraryIds: [library.id] },
      "project { id }",
    );
  }
  return { projectId: project.id, branchId, sceneIds };
}

/** Puts a file of version 1 or 2 in place of a scene's or branch's prompts. */
export async function importPrompts(target: { sceneId: string } | { branchId: string }, file: object): Promise<void> {
  await change("importPromptCollection", "ImportPromptCollectionInput", { ...target, file }, "collection { id }");
}

export interface ScenePrompts {
  version: number;
  prompts: { name: string; value: string }[];
  compositions: { name: string; promptNames: string[] }[];
}

/** What a scene has of its own by now. */
export async function scenePrompts(sceneId: string): Promise<ScenePrompts | null> {
  const { scene } = await ask<{ scene: { promptCollection: ScenePrompts | null } }>(
    `query ($id: ID!) { scene(id: $id) {
       promptCollection { version prompts { name value } compositions { name promptNames } } } }`,
    { id: sceneId },
  );
  return scene.promptCollection;
}
