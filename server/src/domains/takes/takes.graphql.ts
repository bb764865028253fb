import type { Artifact, Take } from "#platform/db/generated/client.ts";
import { ArtifactKind } from "#platform/db/generated/enums.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { CharacterType } from "#domains/prompts/characters.graphql.ts";
import { characterLoader, sceneTypeLoader } from "#domains/prompts/prompts.loaders.ts";
import { SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { SnapshotType } from "#domains/queue/prompt-snapshot.graphql.ts";
import { jobLoader } from "#domains/queue/queue.loaders.ts";
import type { TakeSnapshot } from "#domains/takes/take-record.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { builder } from "#graphql/builder.ts";
import { byId, defineListLoader, defineLoader, expectLoaded } from "#graphql/loader.ts";

export const takeLoader = defineLoader<Take>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.take.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleTakes(viewer)] } })),
);

const artifactsLoader = defineListLoader<Artifact>(
  ({ deps }, takeIds) =>
    deps.db.prisma.artifact.findMany({
      where: { takeId: { in: [...takeIds] } },
      orderBy: [{ sequenceIndex: { sort: "asc", nulls: "last" } }, { createdAt: "asc" }, { id: "asc" }],
    }),
  (artifact) => artifact.takeId,
);

const artifactLoader = defineLoader<Artifact>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.artifact.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { take: visibleTakes(viewer) }] },
    }),
  ),
);

export const ArtifactKindType = builder.enumType(ArtifactKind, {
  name: "ArtifactKind",
  description: "What an output of a take is.",
  values: {
    CHUNK: { description: "A part, in the order of its number." },
    INTERPOLATED: { description: "With frames added in between." },
    UPSCALED: { description: "Enlarged." },
    FINAL: { description: "The result." },
  },
});

const ArtifactType = builder.objectRef<Artifact>("Artifact");
builder.node(ArtifactType, {
  description: "An output of a take.",
  id: { resolve: (artifact) => artifact.id },
  loadOne: (id, context) => artifactLoader(context).load(id),
  fields: (t) => ({
    kind: t.field({ type: ArtifactKindType, description: "What it is.", resolve: (artifact) => artifact.kind }),
    sequenceIndex: t.exposeInt("sequenceIndex", {
      nullable: true,
      description: "Number of a chunk, as in its file name.",
    }),
    asset: t.field({
      type: AssetType,
      description: "The file.",
      resolve: async (artifact, _args, context) =>
        expectLoaded(await assetLoader(context).load(artifact.assetId), "The asset"),
    }),
    isPrimary: t.exposeBoolean("isPrimary", { description: "Whether it stands for the take." }),
    codec: t.exposeString("codec", { nullable: true, description: "How its pictures are stored, such as avc or png." }),
    width: t.exposeInt("width", { nullable: true, description: "In pixels, as shown." }),
    height: t.exposeInt("height", { nullable: true, description: "In pixels, as shown." }),
    durationSecs: t.exposeFloat("durationSecs", { nullable: true, description: "In seconds; null for a still." }),
    fps: t.exposeFloat("fps", { nullable: true, description: "Frames in a second; null for a still." }),
    frameCount: t.exposeInt("frameCount", { nullable: true, description: "How many frames it has; 1 for a still." }),
    metadata: t.field({
      type: "JSON",
      description: "Texts in the file, by name; those of more than 100,000 characters are left out.",
      resolve: (artifact) => artifact.metadata,
    }),
  }),
});

const snapshotOf = (take: Take): TakeSnapshot => take.snapshot as unknown as TakeSnapshot;

export const TakeType = builder.objectRef<Take>("Take");
builder.node(TakeType, {
  description: "One rendition of a scene type for a character, with a snapshot of all that made it.",
  id: { resolve: (take) => take.id },
  loadOne: (id, context) => takeLoader(context).load(id),
  fields: (t) => ({
    status: t.exposeString("status", {
      description: "PENDING, GENERATING, REVIEW, APPROVED, REJECTED, FAILED or CANCELED.",
    }),
    sceneType: t.field({
      type: SceneTypeType,
      description: "What was rendered.",
      resolve: async (take, _args, context) =>
        expectLoaded(await sceneTypeLoader(context).load(take.sceneTypeId), "The scene type"),
    }),
    character: t.field({
      type: CharacterType,
      description: "For whom.",
      resolve: async (take, _args, context) =>
        expectLoaded(await characterLoader(context).load(take.characterId), "The character"),
    }),
    prompts: t.field({
      type: [SnapshotType],
      description: "The prompts as they were rendered, slot by slot.",
      resolve: (take) => snapshotOf(take).prompts,
    }),
    outputs: t.field({
      type: [AssetType],
      description: "Its files, chunks first in their order.",
      resolve: async (take, _args, context) => {
        const artifacts = await artifactsLoader(context).load(take.id);
        const assets = await Promise.all(artifacts.map((artifact) => assetLoader(context).load(artifact.assetId)));
        return assets.filter((asset) => asset !== null);
      },
    }),
    artifacts: t.field({
      type: [ArtifactType],
      description: "Its files with what they are, chunks first in their order.",
      resolve: (take, _args, context) => artifactsLoader(context).load(take.id),
    }),
    job: t.field({
      type: JobType,
      nullable: true,
      description: "The job that renders it.",
      resolve: (take, _args, context) => (take.jobId ? jobLoader(context).load(take.jobId) : null),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was asked for.", resolve: (take) => take.createdAt }),
    seed: t.field({
      type: "BigInt",
      nullable: true,
      description: "The seed in every bound sampler.",
      resolve: (take) => take.seed?.toFixed() ?? null,
    }),
    inputAsset: t.field({
      type: AssetType,
      nullable: true,
      description: "The reference image.",
      resolve: (take, _args, context) => (take.inputAssetId ? assetLoader(context).load(take.inputAssetId) : null),
    }),
    machines: t.stringList({
      description: "Names that the machines had that rendered it; none before it was put up for review.",
      resolve: (take) => snapshotOf(take).machines ?? [],
    }),
    warnings: t.exposeStringList("warnings", { description: "What a reviewer should know." }),
  }),
});
