import { createCharacter } from "#domains/prompts/characters.service.ts";
import { setScenePromptDefaults } from "#domains/prompts/scene-defaults.service.ts";
import { createSceneType, type SceneTypeFields } from "#domains/prompts/scene-types.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { stringifyJson } from "#lib/json.ts";
import { type GenerateTakeInput, generateTake } from "#domains/takes/takes.service.ts";
import { clipGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import type { TestAppOptions } from "#test/test-app.ts";

export type TakeState = Awaited<ReturnType<typeof readTake>>;

/** A studio whose scene type is rendered in clips of about a second that continue each other. */
export async function startTakeStudio(options: TestAppOptions = {}) {
  const studio = await startQueueStudio(options);
  const { deps, admin } = studio;
  const projectId = (await createProject(deps, admin, { name: "Market" })).id;
  const workflowId = await studio.workflow("Clip", clipGraph());
  const slots = await deps.db.prisma.promptSlot.findMany({ where: { workflowId }, orderBy: { sortOrder: "asc" } });
  const slotId = slots.find(({ nodeId }) => nodeId === "3")?.id ?? "";
  const sceneType = async (name: string, fields: SceneTypeFields): Promise<string> => {
    const { id } = await createSceneType(deps, admin, { ...fields, name, workflowId, projectId });
    await setScenePromptDefaults(deps, admin, id, [
      { slotId, text: "whole {character_name}", clipPosition: "FULL_CLIP" },
      { slotId, text: "start {character_name}", clipPosition: "START_CLIP" },
      { slotId, text: "go on {character_name}", clipPosition: "CONTINUATION_CLIP" },
    ]);
    return id;
  };
  const sceneTypeId = await sceneType("Walk", { targetDurationSecs: 3, segmentDurationSecs: 1 });
  const character = async (name: string) => (await createCharacter(deps, admin, { projectId, name })).id;
  const characterId = await character("Mara");
  const inputAssetId = await studio.picture("mara.png", "green", { projectId });
  return {
    ...studio,
    projectId,
    workflowId,
    slotId,
    sceneTypeId,
    characterId,
    inputAssetId,
    sceneType,
    character,
    generate: (input: Partial<GenerateTakeInput> = {}) =>
      generateTake(deps, admin, { sceneTypeId, characterId, inputAssetId, allowUnresolved: false, ...input }),
    take: (id: string) => readTake(studio, id),
    untilTake: async (id: string, isSo: (take: TakeState) => boolean, timeoutMs = 60_000): Promise<TakeState> => {
      let take = await readTake(studio, id);
      await studio
        .until(`take ${id}`, async () => isSo((take = await readTake(studio, id))), timeoutMs)
        .catch((error: Error) => {
          throw new Error(`${error.message}; it is ${stringifyJson(take, 1)}`);
        });
      return take;
    },
  };
}
export type TakeStudio = Awaited<ReturnType<typeof startTakeStudio>>;

export const isInReview = ({ status }: TakeState): boolean => status === "REVIEW";

async function readTake({ deps }: QueueStudio, id: string) {
  return deps.db.prisma.take.findUniqueOrThrow({
    where: { id },
    include: {
      artifacts: {
        orderBy: [{ sequenceIndex: { sort: "asc", nulls: "last" } }],
        include: { asset: { include: { blob: true } } },
      },
      segments: {
        orderBy: { index: "asc" },
        include: { job: true, outputAsset: { include: { blob: true } }, boundaryAsset: true, candidates: true },
      },
    },
  });
}
