import type { Viewer } from "#domains/accounts/viewer.ts";
import { BranchType } from "#domains/stories/branches.graphql.ts";
import { visibleOfProject } from "#domains/stories/visible-stories.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import { watchThings } from "#graphql/watch.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Branch } from "#platform/db/generated/client.ts";

interface BranchEvent {
  branchId: string;
  /** Null when it was deleted. */
  branch: Branch | null;
}

const looks = createSharedLooks<BranchEvent>(async ({ db }, viewer, branchId) => {
  const branch = await db.prisma.branch.findFirst({ where: { AND: [{ id: branchId }, visibleOfProject(viewer)] } });
  return { branchId, branch };
});

/** Branches that one subscription names at most. */
const maxIds = 100;

function watchBranches(deps: Context["deps"], viewer: Viewer, ids: readonly string[]) {
  return watchThings(
    ids,
    (changed) =>
      deps.bus.subscribe("branch.changed", ({ branchId }) => {
        looks.forget(deps.bus, branchId);
        changed(branchId);
      }),
    async (id) => (await looks.look(deps, viewer, id)) ?? undefined,
    ({ branch }) => branch?.updatedAt.toISOString() ?? "deleted",
  );
}

const BranchEventType = builder.objectRef<BranchEvent>("BranchEvent").implement({
  description: "A change of a branch, of its scenes or of its assets.",
  fields: (t) => ({
    branchId: t.id({ description: "Which branch.", resolve: ({ branchId }) => encodeId("Branch", branchId) }),
    branch: t.field({
      type: BranchType,
      nullable: true,
      description: "The branch as it is now; null when it was deleted.",
      resolve: ({ branch }) => branch,
    }),
  }),
});

builder.subscriptionField("branchUpdated", (t) =>
  t.field({
    type: BranchEventType,
    description:
      "Branches as anything in them changes, at most ~10 events a second per subscriber (coalesced, the last state always delivered); first each as it is now.",
    args: { ids: t.arg.idList({ required: true, description: `Which ones, 1 to ${maxIds}.` }) },
    subscribe: async (_root, { ids }, { deps, viewer }) => {
      if (ids.length > maxIds) throw ValidationError.at(["ids"], `at most ${maxIds} branches are watched at once`);
      const branchIds = ids.map((id, index) => requireId("Branch", id, ["ids", String(index)]));
      const found = await deps.db.prisma.branch.findMany({
        where: { AND: [{ id: { in: branchIds } }, visibleOfProject(viewer)] },
        select: { id: true },
      });
      const known = new Set(found.map(({ id }) => id));
      const missing = branchIds.findIndex((id) => !known.has(id));
      if (missing >= 0) throw new NotFoundError("The branch", ["ids", String(missing)]);
      return watchBranches(deps, viewer as Viewer, branchIds);
    },
    resolve: (event) => event,
  }),
);
