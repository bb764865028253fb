import type { Viewer } from "#domains/accounts/viewer.ts";
import { ofProject } from "#domains/accounts/viewer.ts";
import { CharacterType } from "#domains/prompts/characters.graphql.ts";
import { characterLoader, sceneTypeLoader } from "#domains/prompts/prompts.loaders.ts";
import { SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import {
  type KeptSlot,
  keptSlots,
  type PromptDifference,
  promptDifferences,
  type VariantDrafts,
} from "#domains/takes/logic/variant-drafts.ts";
import { takeLoader, TakeType } from "#domains/takes/takes.graphql.ts";
import type { TakeSnapshot } from "#domains/takes/take-record.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { slotLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import type { Context } from "#graphql/context.ts";
import { optionalId } from "#graphql/ids.ts";
import { byId, defineListLoader, defineLoader, expectLoaded } from "#graphql/loader.ts";
import type { Take, TakeComparison, TakeVariant } from "#platform/db/generated/client.ts";

const visible = (viewer: Viewer | null) => (viewer ? { character: ofProject(viewer) } : { id: "" });

const comparisonLoader = defineLoader<TakeComparison>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.takeComparison.findMany({ where: { AND: [{ id: { in: [...ids] } }, visible(viewer)] } })),
);
const variantsLoader = defineListLoader<TakeVariant>(
  ({ deps }, comparisonIds) =>
    deps.db.prisma.takeVariant.findMany({
      where: { comparisonId: { in: [...comparisonIds] } },
      orderBy: { index: "asc" },
    }),
  (variant) => variant.comparisonId,
);
const variantOfTakeLoader = defineLoader<TakeVariant>(async ({ deps }, takeIds) => {
  const variants = await deps.db.prisma.takeVariant.findMany({ where: { takeId: { in: [...takeIds] } } });
  return new Map(variants.map((variant) => [variant.takeId, variant]));
});
const takeOf = async (variant: TakeVariant, context: Context): Promise<Take> =>
  expectLoaded(await takeLoader(context).load(variant.takeId), "The take");

const PromptDifferenceType = builder.objectRef<PromptDifference>("PromptDifference").implement({
  description: "A prompt that is not the same in all variants.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The node's id in the graph." }),
    inputName: t.exposeString("inputName", { description: "The name of its text input." }),
    slotLabel: t.exposeString("slotLabel", { description: "The slot's name for people." }),
    texts: t.field({
      type: [
        builder.objectRef<{ text: string | null }>("VariantText").implement({
          description: "What one variant says in a slot.",
          fields: (t) => ({
            text: t.exposeString("text", { nullable: true, description: "The text; null when it has no such slot." }),
          }),
        }),
      ],
      description: "One for each variant, in their order.",
      resolve: ({ texts }) => texts.map((text) => ({ text })),
    }),
  }),
});

const KeptTextType = builder.objectRef<KeptSlot>("VariantSlotText").implement({
  description: "What a variant says in a slot, as it was written.",
  fields: (t) => ({
    slot: t.field({
      type: PromptSlotType,
      description: "The slot.",
      resolve: async ({ slotId }, _args, context) => expectLoaded(await slotLoader(context).load(slotId), "The slot"),
    }),
    text: t.exposeString("text", {
      nullable: true,
      description: "The text, with {placeholders}; null when only its fragments are others.",
    }),
  }),
});

const TakeVariantType = builder.objectRef<TakeVariant>("TakeVariant").implement({
  description: "One of the prompt variants of a comparison.",
  fields: (t) => ({
    label: t.exposeString("label", { description: "What it is called: A, B and so on unless said." }),
    take: t.field({
      type: TakeType,
      description: "The take with its prompts and outputs.",
      resolve: (variant, _args, context) => takeOf(variant, context),
    }),
    texts: t.field({
      type: [KeptTextType],
      description: "What keeping it saves; none for a variant that is what was stored.",
      resolve: ({ drafts }) => keptSlots(drafts as unknown as VariantDrafts),
    }),
  }),
});

export const TakeComparisonType = builder.objectRef<TakeComparison>("TakeComparison");
builder.node(TakeComparisonType, {
  description: "One take rendered with several prompt variants from the same seed, to see which is better.",
  id: { resolve: (comparison) => comparison.id },
  loadOne: (id, context) => comparisonLoader(context).load(id),
  fields: (t) => ({
    sceneType: t.field({
      type: SceneTypeType,
      description: "What was rendered.",
      resolve: async (comparison, _args, context) =>
        expectLoaded(await sceneTypeLoader(context).load(comparison.sceneTypeId), "The scene type"),
    }),
    character: t.field({
      type: CharacterType,
      description: "For whom.",
      resolve: async (comparison, _args, context) =>
        expectLoaded(await characterLoader(context).load(comparison.characterId), "The character"),
    }),
    seed: t.field({
      type: "BigInt",
      description: "The seed of all variants.",
      resolve: (comparison) => comparison.seed.toFixed(),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was asked for.",
      resolve: (comparison) => comparison.createdAt,
    }),
    variants: t.field({
      type: [TakeVariantType],
      description: "The variants, in the order in which they were given.",
      resolve: (comparison, _args, context) => variantsLoader(context).load(comparison.id),
    }),
    winner: t.field({
      type: TakeVariantType,
      nullable: true,
      description: "The variant whose texts were kept last.",
      resolve: async ({ id, winner }, _args, context) =>
        winner === null
          ? null
          : ((await variantsLoader(context).load(id)).find(({ index }) => index === winner) ?? null),
    }),
    differences: t.field({
      type: [PromptDifferenceType],
      description: "The prompts that are not the same in all variants, as they were rendered.",
      resolve: async (comparison, _args, context) => {
        const variants = await variantsLoader(context).load(comparison.id);
        const takes = await Promise.all(variants.map((variant) => takeOf(variant, context)));
        return promptDifferences(takes.map((take) => (take.snapshot as unknown as TakeSnapshot).prompts));
      },
    }),
  }),
});

builder.objectField(TakeType, "comparison", (t) =>
  t.field({
    type: TakeComparisonType,
    nullable: true,
    description: "The comparison of which it is a variant.",
    resolve: async (take, _args, context) => {
      const variant = await variantOfTakeLoader(context).load(take.id);
      return variant && comparisonLoader(context).load(variant.comparisonId);
    },
  }),
);

builder.queryField("takeComparisons", (t) =>
  t.connection(
    {
      type: TakeComparisonType,
      description: "Comparisons of prompt variants, newest first.",
      args: {
        sceneTypeId: t.arg.id({ description: "Only of this scene type." }),
        characterId: t.arg.id({ description: "Only for this character." }),
      },
      resolve: (_root, { sceneTypeId, characterId, ...args }, { deps, viewer }) => {
        const sceneType = optionalId("SceneType", sceneTypeId, ["sceneTypeId"]);
        const character = optionalId("Character", characterId, ["characterId"]);
        const where = {
          AND: [
            visible(viewer),
            sceneType ? { sceneTypeId: sceneType } : {},
            character ? { characterId: character } : {},
          ],
        };
        const { takeComparison } = deps.db.prisma;
        return idConnection(
          args,
          (page) => takeComparison.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => takeComparison.count({ where }),
        );
      },
    },
    { name: "TakeComparisonConnection", description: "A page of comparisons." },
    { name: "TakeComparisonEdge", description: "A comparison in a page." },
  ),
);
