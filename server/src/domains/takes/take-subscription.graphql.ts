import type { Viewer } from "#domains/accounts/viewer.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import { watchThings } from "#graphql/watch.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Take } from "#platform/db/generated/client.ts";

interface TakeEvent {
  takeId: string;
  /** Null when it was deleted. */
  take: Take | null;
}

const looks = createSharedLooks<TakeEvent>(async ({ db }, viewer, takeId) => {
  const take = await db.prisma.take.findFirst({ where: { AND: [{ id: takeId }, visibleTakes(viewer)] } });
  return { takeId, take };
});

/** Takes that one subscription names at most. */
const maxIds = 100;

function watchTakes(deps: Context["deps"], viewer: Viewer, ids: readonly string[] | null) {
  return watchThings(
    ids,
    (changed) => {
      const stop = deps.bus.subscribe("take.changed", ({ takeId }) => {
        looks.forget(deps.bus, takeId);
        changed(takeId);
      });
      // With ids each is told as it is now anyway.
      if (!ids) for (const { takeId } of deps.bus.recent("take.changed")) changed(takeId);
      return stop;
    },
    async (id) => {
      const event = await looks.look(deps, viewer, id);
      // What is gone is told to those who could see it; for others it was never there.
      return event?.take || ids ? (event ?? undefined) : undefined;
    },
    ({ take }) => (take ? `${take.status} ${take.updatedAt.toISOString()}` : "deleted"),
  );
}

const TakeEventType = builder.objectRef<TakeEvent>("TakeEvent").implement({
  description: "A change of a take or of its segments.",
  fields: (t) => ({
    takeId: t.id({ description: "Which take.", resolve: ({ takeId }) => encodeId("Take", takeId) }),
    take: t.field({
      type: TakeType,
      nullable: true,
      description: "The take as it is now; null when it was deleted.",
      resolve: ({ take }) => take,
    }),
  }),
});

builder.subscriptionField("takeUpdated", (t) =>
  t.field({
    type: TakeEventType,
    description:
      "Takes as they change, at most ~10 events a second per subscriber (coalesced, the last state always delivered). With ids: first each as it is now; without: first those that changed within the last seconds.",
    args: {
      ids: t.arg.idList({ description: `Only these, at most ${maxIds}; all that the viewer may see unless said.` }),
    },
    subscribe: async (_root, { ids }, { deps, viewer }) => {
      if (!ids) return watchTakes(deps, viewer as Viewer, null);
      if (ids.length > maxIds) throw ValidationError.at(["ids"], `at most ${maxIds} takes are watched at once`);
      const takeIds = ids.map((id, index) => requireId("Take", id, ["ids", String(index)]));
      const found = await deps.db.prisma.take.findMany({
        where: { AND: [{ id: { in: takeIds } }, visibleTakes(viewer)] },
        select: { id: true },
      });
      const known = new Set(found.map(({ id }) => id));
      const missing = takeIds.findIndex((id) => !known.has(id));
      if (missing >= 0) throw new NotFoundError("The take", ["ids", String(missing)]);
      return watchTakes(deps, viewer as Viewer, takeIds);
    },
    resolve: (event) => event,
  }),
);
