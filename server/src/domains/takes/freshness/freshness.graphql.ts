import { CharacterType } from "#domains/prompts/characters.graphql.ts";
import { characterLoader, sceneTypeLoader } from "#domains/prompts/prompts.loaders.ts";
import { SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import { contentRequestOf, currentContents } from "#domains/takes/freshness/current-content.ts";
import {
  type PairState,
  regenerateTakes,
  type Standing,
  standingOf,
  takeStates,
} from "#domains/takes/freshness/freshness.service.ts";
import { staleUpstreams } from "#domains/takes/upstream/upstream.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { defineLoader, expectLoaded } from "#graphql/loader.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Take } from "#platform/db/generated/client.ts";

const FreshnessType = builder.enumType("TakeFreshness", {
  description:
    "How a take stands to the prompts, workflow version, parameters and reference image as they are stored now.",
  values: {
    CURRENT: { description: "It would be made of the same now." },
    STALE: { description: "It can be used, but would be made of something else now." },
    MISSING: { description: "There is none that can be used." },
    BLOCKED: { description: "There is none that can be used, and none can be made now." },
  } as const,
});

const standingLoader = defineLoader<Standing>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  const takes = await deps.db.prisma.take.findMany({ where: { id: { in: [...ids] } } });
  const contents = await currentContents(deps, viewer, takes.map(contentRequestOf));
  const upstreams = await staleUpstreams(deps, takes);
  return new Map(
    takes.flatMap((take, index) => {
      const content = contents[index];
      return content ? [[take.id, standingOf(take, content, upstreams.get(take.id))] as const] : [];
    }),
  );
});

builder.objectFields(TakeType, (t) => ({
  freshness: t.field({
    type: FreshnessType,
    description: "Whether it is as it would be made now.",
    complexity: 10,
    resolve: async (take, _args, context) => (await standingLoader(context).load(take.id))?.freshness ?? "MISSING",
  }),
  staleReasons: t.stringList({
    description: "Why it is STALE: what it was made of is another one now, or was made anew.",
    complexity: 10,
    resolve: async (take, _args, context) => (await standingLoader(context).load(take.id))?.reasons ?? [],
  }),
}));

const PairStateType = builder.objectRef<PairState>("TakeState").implement({
  description: "How a scene type stands for a character.",
  fields: (t) => ({
    sceneType: t.field({
      type: SceneTypeType,
      description: "What.",
      resolve: async ({ sceneTypeId }, _args, context) =>
        expectLoaded(await sceneTypeLoader(context).load(sceneTypeId), "The scene type"),
    }),
    character: t.field({
      type: CharacterType,
      description: "For whom.",
      resolve: async ({ characterId }, _args, context) =>
        expectLoaded(await characterLoader(context).load(characterId), "The character"),
    }),
    freshness: t.field({ type: FreshnessType, description: "How it stands.", resolve: (state) => state.freshness }),
    reasons: t.exposeStringList("reasons", { description: "Why it is STALE." }),
    take: t.field({
      type: TakeType,
      nullable: true,
      description: "The newest that can be used, else the newest of all.",
      resolve: ({ take }) => take,
    }),
    isUnderWay: t.exposeBoolean("isUnderWay", {
      description: "Whether one that is made of what is stored now is on its way.",
    }),
    problems: t.exposeStringList("problems", { description: "Why none can be made now." }),
  }),
});

const readPairs = (input: { sceneTypeIds: string[]; characterIds: string[] }) => ({
  sceneTypeIds: input.sceneTypeIds.map((id, n) => requireId("SceneType", id, ["sceneTypeIds", String(n)])),
  characterIds: input.characterIds.map((id, n) => requireId("Character", id, ["characterIds", String(n)])),
});

builder.queryField("takeStates", (t) =>
  t.field({
    type: [PairStateType],
    description: "How every scene type stands for every character, 500 pairs at most.",
    complexity: { field: 50, multiplier: 100 },
    args: {
      sceneTypeIds: t.arg.idList({ required: true, description: "What." }),
      characterIds: t.arg.idList({ required: true, description: "For whom." }),
    },
    resolve: (_root, args, { deps, viewer }) => (viewer ? takeStates(deps, viewer, readPairs(args)) : []),
  }),
);

mutation("regenerateTakes", {
  description: "Makes the takes that are missing or stale, as they were asked for the last time.",
  input: builder.inputType("RegenerateTakesInput", {
    description: "Where to look, and what to make.",
    fields: (t) => ({
      sceneTypeIds: t.idList({ required: true, description: "What." }),
      characterIds: t.idList({ required: true, description: "For whom." }),
      states: t.field({
        type: [FreshnessType],
        defaultValue: ["MISSING", "STALE"],
        description: "Which of them are made; CURRENT ones only when they are named.",
      }),
    }),
  }),
  payload: builder.objectRef<{ takes: Take[]; skipped: PairState[] }>("RegenerateTakesPayload").implement({
    description: "Answer of a mutation: what is made, and what is not.",
    fields: (t) => ({
      takes: t.field({ type: [TakeType], description: "The new takes.", resolve: ({ takes }) => takes }),
      skipped: t.field({
        type: [PairStateType],
        description: "What is under way already, or can't be made now.",
        resolve: ({ skipped }) => skipped,
      }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    regenerateTakes(deps, viewer, { ...readPairs(input), states: input.states ?? ["MISSING", "STALE"] }),
});
