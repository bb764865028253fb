import { ownedBy } from "#domains/accounts/viewer.ts";
import { byId, defineListLoader, defineLoader } from "#graphql/loader.ts";
import type { AutoPrompt, AutoPromptItem } from "#platform/db/generated/client.ts";

export const autoPromptLoader = defineLoader<AutoPrompt>(async ({ deps, viewer }, ids) =>
  viewer
    ? byId(await deps.db.prisma.autoPrompt.findMany({ where: { AND: [{ id: { in: [...ids] } }, ownedBy(viewer)] } }))
    : new Map(),
);

/** Of sets that the viewer may see: whoever has the set has its pictures. */
export const itemsOfAutoPromptLoader = defineListLoader<AutoPromptItem>(
  ({ deps }, autoPromptIds) =>
    deps.db.prisma.autoPromptItem.findMany({
      where: { autoPromptId: { in: [...autoPromptIds] } },
      orderBy: { index: "asc" },
    }),
  ({ autoPromptId }) => autoPromptId,
);
