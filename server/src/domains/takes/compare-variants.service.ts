import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { maxPromptLength } from "#domains/prompts/scene-defaults.service.ts";
import { prepareDispatch } from "#domains/prompts/resolution.service.ts";
import { drawIn } from "#domains/queue/logic/build/seeds.ts";
import { drawSeed } from "#domains/queue/logic/new-seed.ts";
import type { VariantDrafts } from "#domains/takes/logic/variant-drafts.ts";
import { generateTake, type GenerateTakeInput, type TakeDeps } from "#domains/takes/takes.service.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { type SeedRange, seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Prisma, TakeComparison } from "#platform/db/generated/client.ts";

const variantsInput = z.object({
  idempotencyKey: storableText(150).min(1).optional(),
  variants: z
    .array(
      z.object({
        label: storableText(100).trim().optional(),
        draftTexts: z
          .array(
            z.object({
              text: storableText(maxPromptLength).refine(
                (text) => text.trim() !== "",
                "the text is empty; leave the slot out to keep what it has",
              ),
            }),
          )
          .max(500),
        draftDefaults: z.array(z.object({ text: storableText(maxPromptLength) })).max(500),
        draftOverrides: z
          .array(
            z.object({
              text: storableText(maxPromptLength).nullable(),
              fragments: z.array(z.object({ text: storableText(maxPromptLength).nullish() })).max(200),
            }),
          )
          .max(500),
      }),
    )
    .min(2, "a comparison needs at least two variants")
    .max(8, "at most eight variants are compared"),
});

export type Variant = VariantDrafts & { label?: string | undefined };

export interface CompareInput extends Omit<GenerateTakeInput, "drafts"> {
  variants: readonly Variant[];
}

/**
 * Renders one take with several prompt variants, all from the same seed, input and parameters. A variant without drafts
 * stands for what is stored. Every variant is resolved before the first is queued.
 * @throws ValidationError (also for unresolved placeholders, by variant and slot), NotFoundError, ConflictError
 */
export async function compareVariants(deps: TakeDeps, viewer: Viewer, input: CompareInput): Promise<TakeComparison> {
  const { variants, idempotencyKey: key, ...take } = input;
  const { variants: checked } = parseInput(variantsInput, { variants, idempotencyKey: key });
  // A repeat with the same key must ask for the same seed.
  const drawn = key === undefined ? drawSeed() : seedOfKey(viewer, key);
  const seed = input.seed ?? drawIn(await seedRangeOfTake(deps, input.sceneTypeId), () => drawn);
  await requireFragments(deps, input);
  for (const [index, variant] of variants.entries())
    await requireResolved(deps, viewer, { ...take, seed }, variant, ["variants", String(index)]);
  const takes = [];
  for (const [index, variant] of variants.entries()) {
    const { draftDefaults, draftOverrides, draftTexts } = variant;
    const request: GenerateTakeInput = {
      ...take,
      seed,
      drafts: { draftDefaults, draftOverrides, draftTexts },
      idempotencyKey: key === undefined ? undefined : `${key} variant ${index + 1}`,
    };
    takes.push({ variant, take: await generateTake(deps, viewer, request) });
  }
  const { prisma } = deps.db;
  const takeIds = takes.map(({ take }) => take.id);
  const earlier = await prisma.takeVariant.findFirst({
    where: { takeId: { in: takeIds } },
    include: { comparison: true },
  });
  if (earlier) return earlier.comparison;
  return prisma.takeComparison.create({
    data: {
      id: uuidv7(),
      sceneTypeId: input.sceneTypeId,
      characterId: input.characterId,
      createdById: viewer.userId,
      seed: seed.toString(),
      variants: {
        create: takes.map(({ variant, take }, index) => ({
          index,
          label: checked[index]?.label || letterOf(index),
          drafts: draftsOf(variant) as unknown as Prisma.InputJsonValue,
          takeId: take.id,
        })),
      },
    },
  });
}

function draftsOf({ draftDefaults, draftOverrides, draftTexts }: VariantDrafts): VariantDrafts {
  return { draftDefaults, draftOverrides, draftTexts };
}

/** A preview leaves out what nobody knows; what is rendered, and may be kept, must be there. Overrides may know deleted ones. */
async function requireFragments({ db }: TakeDeps, { variants, sceneTypeId }: CompareInput): Promise<void> {
  const named = variants.flatMap(({ draftOverrides }, variant) =>
    draftOverrides.flatMap(({ fragments }, draft) =>
      fragments.flatMap(({ fragmentId }, entry) =>
        fragmentId ? [{ fragmentId, place: [variant, draft, entry] }] : [],
      ),
    ),
  );
  if (named.length === 0) return;
  const ids = named.map(({ fragmentId }) => fragmentId);
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM fragment WHERE id = ANY ($1::uuid[])
     UNION SELECT (entry->>'fragmentId')::uuid FROM prompt_override o CROSS JOIN jsonb_array_elements(o.fragments) AS entry
     WHERE o.scene_type_id = $2 AND entry->>'fragmentId' = ANY ($3::text[])`,
    [ids, sceneTypeId, ids],
  );
  const known = new Set(rows.map(({ id }) => id));
  const missing = named.find(({ fragmentId }) => !known.has(fragmentId));
  if (!missing) return;
  const [variant, draft, entry] = missing.place.map(String) as [string, string, string];
  const path = ["variants", variant, "draftOverrides", draft, "fragments", entry, "fragmentId"];
  throw new NotFoundError("The fragment", path);
}

async function requireResolved(
  deps: TakeDeps,
  viewer: Viewer,
  take: Omit<GenerateTakeInput, "drafts"> & { seed: bigint },
  variant: Variant,
  path: string[],
): Promise<void> {
  const { sceneTypeId, characterId, seed } = take;
  const request = { sceneTypeId, characterId, ...draftsOf(variant), draftsAt: path };
  const { problems } = (await prepareDispatch(deps, viewer, request)).resolveAt({ seed, tryIndex: 0 });
  if (problems.length === 0 || take.allowUnresolved) return;
  throw new ValidationError(
    problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
    "UNRESOLVED_PLACEHOLDERS",
  );
}

function letterOf(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** Seeds that the scene type's workflow takes. */
async function seedRangeOfTake({ db }: TakeDeps, sceneTypeId: string): Promise<SeedRange> {
  const found = await db.prisma.sceneType.findUnique({
    where: { id: sceneTypeId },
    select: { workflowVersion: { select: { parameters: true } } },
  });
  const parameters = parseJson(found?.workflowVersion.parameters ?? "[]") as unknown as WorkflowParameter[];
  return seedRangeOf(parameters);
}

/** 53 bits, as every drawn seed. */
function seedOfKey(viewer: Viewer, key: string): bigint {
  return createHash("sha256").update(`${viewer.userId} ${key}`).digest().readBigUInt64BE() >> 11n;
}
