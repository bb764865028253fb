import { ofProjectOrStudio } from "#domains/accounts/viewer.ts";
import type { Fragment } from "#platform/db/generated/client.ts";
import { byId, defineLoader } from "#graphql/loader.ts";

export const fragmentLoader = defineLoader<Fragment>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.fragment.findMany({ where: { id: { in: [...ids] } } })),
);

/** Key of `pinLoader`. */
export function pinKey(fragmentId: string, sceneTypeId: string): string {
  return `${fragmentId} ${sceneTypeId}`;
}

/** Loads true for fragments that are pinned to a scene type which the viewer may see. */
export const pinLoader = defineLoader<true>(async ({ deps, viewer }, keys) => {
  if (!viewer) return new Map();
  const pairs = keys.map((key) => key.split(" ") as [string, string]);
  const pins = await deps.db.prisma.fragmentPin.findMany({
    where: {
      fragmentId: { in: [...new Set(pairs.map(([fragmentId]) => fragmentId))] },
      sceneTypeId: { in: [...new Set(pairs.map(([, sceneTypeId]) => sceneTypeId))] },
      sceneType: ofProjectOrStudio(viewer),
    },
  });
  return new Map(pins.map((pin) => [pinKey(pin.fragmentId, pin.sceneTypeId), true]));
});
