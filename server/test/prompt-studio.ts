import type { Viewer } from "#domains/accounts/viewer.ts";
import { createCharacter } from "#domains/prompts/characters.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { encodeId } from "#graphql/ids.ts";
import type { PromptSlot } from "#platform/db/generated/client.ts";
import type { TestApp } from "#test/test-app.ts";

/** A picture workflow with one positive and one negative prompt, and one whose text another node computes. */
const graph = {
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "studio.safetensors" } },
  "2": { class_type: "CLIPTextEncode", inputs: { text: "a person walking", clip: ["1", 1] } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] } },
  "4": {
    class_type: "KSampler",
    inputs: { model: ["1", 0], positive: ["2", 0], negative: ["3", 0], latent_image: ["5", 0], seed: 1 },
  },
  "5": { class_type: "EmptyLatentImage", inputs: { width: 512, height: 512, batch_size: 1 } },
  "6": { class_type: "CLIPTextEncode", inputs: { text: ["7", 0], clip: ["1", 1] } },
  "7": { class_type: "DescribePicture", inputs: { image: ["8", 0] } },
  "8": { class_type: "VAEDecode", inputs: { samples: ["4", 0], vae: ["1", 2] } },
  "9": {
    class_type: "KSampler",
    inputs: { model: ["1", 0], positive: ["6", 0], negative: ["3", 0], latent_image: ["4", 0], seed: 2 },
  },
};

export interface PromptStudio {
  projectId: string;
  sceneTypeId: string;
  characterId: string;
  slots: { positive: PromptSlot; negative: PromptSlot; linked: PromptSlot };
  workflowId: string;
  creator: Viewer;
  /** Sees and writes, but is no member of the project. */
  stranger: Viewer;
  viewer: Viewer;
  /** Global ids of the above. */
  ids: Record<"project" | "sceneType" | "character" | "positive" | "negative" | "linked" | "workflow", string>;
}

/** A project with a scene type, a character and three people. Names repeat in no two studios of one database. */
export async function makePromptStudio({ deps, admin }: TestApp, name = "Market"): Promise<PromptStudio> {
  const person = async (role: "CREATOR" | "VIEWER", projectIds: string[]): Promise<Viewer> => {
    const user = await deps.db.prisma.user.create({ data: { name: `${role} of ${name}`, role } });
    return { userId: user.id, name: user.name, role, projectIds };
  };
  const project = await createProject(deps, admin, { name });
  const { workflow, report } = await importWorkflow(deps, {
    name,
    source: JSON.stringify(graph),
    removeOrphans: false,
  });
  const sceneType = await createSceneType(deps, admin, { name, workflowId: workflow.id, projectId: project.id });
  const character = await createCharacter(deps, admin, {
    projectId: project.id,
    name: "Mara",
    metadata: { hair_color: "red" },
  });
  const slot = (nodeId: string): PromptSlot => {
    const found = report.slotsAdded.find((each) => each.nodeId === nodeId);
    if (!found) throw new Error(`the graph has no slot in node ${nodeId}`);
    return found;
  };
  const slots = { positive: slot("2"), negative: slot("3"), linked: slot("6") };
  return {
    projectId: project.id,
    sceneTypeId: sceneType.id,
    characterId: character.id,
    workflowId: workflow.id,
    slots,
    creator: await person("CREATOR", [project.id]),
    stranger: await person("CREATOR", []),
    viewer: await person("VIEWER", [project.id]),
    ids: {
      project: encodeId("Project", project.id),
      sceneType: encodeId("SceneType", sceneType.id),
      character: encodeId("Character", character.id),
      workflow: encodeId("Workflow", workflow.id),
      positive: encodeId("PromptSlot", slots.positive.id),
      negative: encodeId("PromptSlot", slots.negative.id),
      linked: encodeId("PromptSlot", slots.linked.id),
    },
  };
}
