import { AssetKindType } from "#domains/assets/assets.graphql.ts";
import { cleanUp, planCleanup } from "#domains/retention/cleanup.service.ts";
import type { Candidate, Found } from "#domains/retention/find-candidates.ts";
import { builder } from "#graphql/builder.ts";
import { cleanupItemCountLoader, cleanupItemPageLoader } from "#domains/retention/cleanup-items.loaders.ts";
import { cursorId, idConnection, readPage, toConnection } from "#graphql/connection.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Cleanup, CleanupItem } from "#platform/db/generated/client.ts";

const CleanupItemType = builder.objectRef<CleanupItem>("CleanupItem").implement({
  description: "What a clean-up did to one file.",
  fields: (t) => ({
    name: t.exposeString("name", {
      description: "Folder and name of the asset, or the hash of bytes that belonged to nothing.",
    }),
    kind: t.field({
      type: AssetKindType,
      nullable: true,
      description: "Of the asset.",
      resolve: ({ kind }) => kind,
    }),
    bytes: t.float({ description: "Size in bytes.", resolve: ({ bytes }) => Number(bytes) }),
    reason: t.exposeString("reason", { description: "Why it could go." }),
    error: t.exposeString("error", {
      nullable: true,
      description: "Why its bytes are still there; the next clean-up tries again.",
    }),
  }),
});

const CleanupType = builder.objectRef<Cleanup>("Cleanup");
const cleanupLoader = defineLoader<Cleanup>(async ({ deps, viewer }, ids) =>
  viewer?.role === "ADMIN"
    ? byId(await deps.db.prisma.cleanup.findMany({ where: { id: { in: [...ids] } } }))
    : new Map(),
);
builder.node(CleanupType, {
  description: "A clean-up of stored files, as its record.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => cleanupLoader(context).load(id),
  fields: (t) => ({
    startedAt: t.field({ type: "DateTime", description: "When it began.", resolve: ({ startedAt }) => startedAt }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it ended; null for one that works or was cut off. The next one takes up what it left.",
      resolve: ({ finishedAt }) => finishedAt,
    }),
    isScheduled: t.boolean({
      description: "Whether the schedule began it, or somebody who is no longer there.",
      resolve: ({ startedById }) => startedById === null,
    }),
    files: t.exposeInt("files", { description: "Files that are gone from the storage." }),
    bytes: t.float({ description: "What they took, in bytes.", resolve: ({ bytes }) => Number(bytes) }),
    failures: t.exposeInt("failures", { description: "Files that could not be deleted." }),
    items: t.connection(
      {
        type: CleanupItemType,
        description: "Every file.",
        resolve: async ({ id }, args, context) => {
          const page = readPage(args);
          const kind = { take: page.take, backward: page.backward, cursor: cursorId(page) };
          const rows = await cleanupItemPageLoader(context).load(id, kind);
          return toConnection(
            page,
            page.backward ? rows.toReversed() : rows,
            (item) => [item.id],
            async () => (await cleanupItemCountLoader(context).load(id)) ?? 0,
          );
        },
      },
      { name: "CleanupItemConnection", description: "A page of files." },
      { name: "CleanupItemEdge", description: "A file with its cursor." },
    ),
  }),
});

const CandidateType = builder.objectRef<Candidate>("CleanupCandidate").implement({
  description: "A file that a clean-up would take.",
  fields: (t) => ({
    name: t.string({ description: "Folder and name.", resolve: ({ folder, filename }) => `${folder}/${filename}` }),
    kind: t.field({ type: AssetKindType, description: "Where it comes from.", resolve: ({ kind }) => kind }),
    bytes: t.float({ description: "Size in bytes.", resolve: ({ bytes }) => Number(bytes) }),
    reason: t.exposeString("reason", { description: "Why it may go." }),
  }),
});

const PlanType = builder.objectRef<Found>("CleanupPlan").implement({
  description: "What a clean-up would take.",
  fields: (t) => ({
    files: t.exposeInt("files", { description: "How many files." }),
    bytes: t.exposeFloat("bytes", {
      description: "What would be free afterwards; bytes that other files have as well are not counted.",
    }),
    largest: t.field({
      type: [CandidateType],
      description: "The largest 200 of them.",
      resolve: ({ largest }) => largest,
    }),
  }),
});

mutation("cleanup", {
  description:
    "Deletes files that nobody needs any more, by the rules that `retention` tells: never what a run that is not over, a take that was not rejected, or a character uses. Each file is on record.",
  role: "admin",
  input: builder.inputType("CleanupInput", {
    description: "Whether to do it.",
    fields: (t) => ({
      dryRun: t.boolean({ defaultValue: true, description: "Only say what would go; the default." }),
      expectedFiles: t.int({
        description: "How many files you saw in the plan. When it is another number by now, nothing is deleted.",
      }),
    }),
  }),
  payload: builder.objectRef<{ plan: Found; cleanup: Cleanup | null }>("CleanupPayload").implement({
    description: "Answer of a mutation: what would go or has gone.",
    fields: (t) => ({
      plan: t.field({ type: PlanType, description: "What was found.", resolve: ({ plan }) => plan }),
      cleanup: t.field({
        type: CleanupType,
        nullable: true,
        description: "The record; null for a dry run.",
        resolve: ({ cleanup }) => cleanup,
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => ({
    plan: await planCleanup(deps),
    cleanup: (input.dryRun ?? true) ? null : await cleanUp(deps, viewer, input.expectedFiles ?? undefined),
  }),
});

builder.queryField("cleanups", (t) =>
  t.connection(
    {
      type: CleanupType,
      description: "Clean-ups so far, the latest first.",
      authScopes: { admin: true },
      resolve: (_root, args, { deps }) =>
        idConnection(
          args,
          (page) => deps.db.prisma.cleanup.findMany(page),
          () => deps.db.prisma.cleanup.count(),
        ),
    },
    { name: "CleanupConnection", description: "A page of clean-ups." },
    { name: "CleanupEdge", description: "A clean-up with its cursor." },
  ),
);
