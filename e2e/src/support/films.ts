import { ask, change, eventually, importWorkflow, type ImportedWorkflow, unique } from "./api.ts";
import { frameToFrame, imageToImage } from "./graphs.ts";
import { importPrompts, tellStory, type Told } from "./stories.ts";

export interface Filmable extends Told {
  images: ImportedWorkflow;
  clips: ImportedWorkflow;
}

/** A story with prompts, and the two workflows that make a film of it; no slot is mapped yet. */
export async function filmableStory(name: string, titles: readonly string[]): Promise<Filmable> {
  const [told, images, clips] = await Promise.all([
    tellStory(name, titles),
    importWorkflow(unique("Scene image"), imageToImage()),
    importWorkflow(unique("From frame to frame"), frameToFrame()),
  ]);
  await importPrompts(
    { branchId: told.branchId },
    {
      version: 2,
      prompts: { look: { value: "the market at night, wet cobbles" }, move: { value: "slow push in" } },
      compositions: {},
    },
  );
  return { ...told, images, clips };
}

/** Starts a film through the API, from the first picture that the image workflow makes. */
export async function startFilm(film: Filmable, more: object = {}): Promise<string> {
  const inputAssetId = await anyPicture();
  const { execution } = await change<{ execution: { id: string } }>(
    "startExecution",
    "StartExecutionInput",
    {
      branchId: film.branchId,
      inputAssetId,
      images: { workflowId: film.images.id },
      videos: { workflowId: film.clips.id },
      ...more,
    },
    "execution { id }",
  );
  return execution.id;
}

/** The execution's state, read again until it is this. */
export async function filmReaches(id: string, status: string): Promise<void> {
  await eventually(async () => {
    const { execution } = await ask<{ execution: { status: string } }>(
      "query ($id: ID!) { execution(id: $id) { status } }",
      { id },
    );
    if (execution.status !== status) throw new Error(`The execution is ${execution.status}, not ${status}`);
  });
}

async function anyPicture(): Promise<string> {
  return eventually(async () => {
    const { outputs } = await ask<{ outputs: { nodes: { id: string }[] } }>(
      "query { outputs(first: 1, media: IMAGE) { nodes { id } } }",
    );
    const [picture] = outputs.nodes;
    if (!picture) throw new Error("There is no picture");
    return picture.id;
  });
}
