import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { drawSeedFor } from "#domains/queue/logic/new-seed.ts";
import { clipPromptsOf, type PlannedTake, planTake } from "#domains/takes/plan-take.ts";
import {
  earlierTake,
  type GenerateTakeInput,
  submitTake,
  takeInput,
  type TakeDeps,
} from "#domains/takes/takes.service.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { DomainError, type FieldIssue, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Take } from "#platform/db/generated/client.ts";

export interface GenerateTakesInput extends Omit<GenerateTakeInput, "sceneTypeId" | "characterId" | "drafts"> {
  sceneTypeIds: readonly string[];
  characterIds: readonly string[];
}

/** Takes that one call makes at most. */
const maxTakes = 200;

interface Wanted {
  sceneTypeId: string;
  characterId: string;
  /** Where its two ids are in the input. */
  at: [string[], string[]];
}

/**
 * Renders every scene type for every character. All takes are planned and checked before the first is queued; a repeat with
 * the same key makes those that are missing.
 * @throws as generateTake, with the place of the id in the input
 */
export async function generateTakes(deps: TakeDeps, viewer: Viewer, input: GenerateTakesInput): Promise<Take[]> {
  const { params, boundaryFrames } = parseInput(takeInput, {
    params: input.params ?? undefined,
    boundaryFrames: input.boundaryFrames,
  });
  // Ids are added to the key of each take.
  parseInput(z.object({ idempotencyKey: storableText(120).min(1).optional() }), input);
  const pairs = pairsOf(input);
  const takes: Take[] = [];
  const planned: { plan: PlannedTake; seed: bigint; idempotency: { key: string; payload: unknown } | undefined }[] = [];
  const issues: FieldIssue[] = [];
  for (const { sceneTypeId, characterId, at } of pairs) {
    const { idempotencyKey, inputAssetId, seed: given, allowUnresolved, boundaryMode } = input;
    const wish = { sceneTypeId, characterId, inputAssetId };
    const payload = { ...wish, params, seed: given, allowUnresolved, boundaryMode, boundaryFrames, kind: "takes" };
    const key = idempotencyKey === undefined ? undefined : `${idempotencyKey} ${sceneTypeId} ${characterId}`;
    const earlier = await earlierTake(deps, viewer, key, payload);
    if (earlier) {
      takes.push(earlier);
      continue;
    }
    const plan = await planTake(deps, viewer, wish).catch((error: unknown) => {
      throw placed(error, at);
    });
    const seed = given ?? drawSeedFor(parseJson(plan.version.parameters) as unknown as WorkflowParameter[]);
    if (!allowUnresolved) issues.push(...problemsOf(plan, seed, at[0]));
    planned.push({ plan, seed, idempotency: key === undefined ? undefined : { key, payload } });
  }
  if (issues.length > 0) throw new ValidationError(issues, "UNRESOLVED_PLACEHOLDERS");
  for (const { plan, seed, idempotency } of planned) {
    const { allowUnresolved, boundaryMode = "LAST", inputAssetId } = input;
    const options = { seed, params, allowUnresolved, boundaryMode, boundaryFrames, inputAssetId, idempotency };
    takes.push(await submitTake(deps, viewer, plan, options));
  }
  return takes;
}

export function pairsOf({
  sceneTypeIds,
  characterIds,
}: Pick<GenerateTakesInput, "sceneTypeIds" | "characterIds">): Wanted[] {
  for (const [name, ids] of Object.entries({ sceneTypeIds, characterIds }))
    if (ids.length === 0) throw ValidationError.at([name], "name at least one");
  const pairs = [...new Set(sceneTypeIds)].flatMap((sceneTypeId) =>
    [...new Set(characterIds)].map((characterId): Wanted => {
      const place = (name: string, ids: readonly string[], id: string): string[] => [name, String(ids.indexOf(id))];
      const at: Wanted["at"] = [
        place("sceneTypeIds", sceneTypeIds, sceneTypeId),
        place("characterIds", characterIds, characterId),
      ];
      return { sceneTypeId, characterId, at };
    }),
  );
  if (pairs.length > maxTakes)
    throw ValidationError.at(
      ["characterIds"],
      `these are ${pairs.length} takes; at most ${maxTakes} are made in one call`,
    );
  return pairs;
}

function problemsOf(plan: PlannedTake, seed: bigint, at: string[]): FieldIssue[] {
  const { first, continuation } = clipPromptsOf(plan, seed);
  const problems = [...first.problems, ...(continuation?.problems ?? [])];
  return problems.map(({ path, message }) => ({
    path: [...at, ...path],
    message: `${plan.sceneType.name}, ${plan.character.name}: ${message}`,
  }));
}

/** A failure of one take's plan, with the place of its id among the others. */
export function placed(error: unknown, [sceneType, character]: Wanted["at"]): unknown {
  if (!(error instanceof DomainError) || !error.path) return error;
  const [name] = error.path;
  const path = name === "sceneTypeId" ? sceneType : name === "characterId" ? character : error.path;
  return Object.assign(error, { path });
}
