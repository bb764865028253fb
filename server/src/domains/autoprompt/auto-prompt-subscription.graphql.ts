import type { Viewer } from "#domains/accounts/viewer.ts";
import { ownedBy } from "#domains/accounts/viewer.ts";
import { AutoPromptType } from "#domains/autoprompt/auto-prompts.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import { watchThings } from "#graphql/watch.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { AutoPrompt } from "#platform/db/generated/client.ts";

const looks = createSharedLooks<AutoPrompt>(({ db }, viewer, id) =>
  db.prisma.autoPrompt.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] } }),
);

builder.subscriptionField("autoPromptUpdated", (t) =>
  t.field({
    type: AutoPromptType,
    description: "A set of prompts: first as it is now, then after each change, at most ~10 times a second.",
    args: { id: t.arg.id({ required: true, description: "Which set." }) },
    subscribe: async (_root, { id }, { deps, viewer }) => {
      const autoPromptId = requireId("AutoPrompt", id, ["id"]);
      if (!(await looks.look(deps, viewer as Viewer, autoPromptId)))
        throw new NotFoundError("The set of prompts", ["id"]);
      return watchThings(
        [autoPromptId],
        (changed) =>
          deps.bus.subscribe("autoPrompt.changed", (event) => {
            looks.forget(deps.bus, event.autoPromptId);
            changed(event.autoPromptId);
          }),
        async (watched) => (await looks.look(deps, viewer as Viewer, watched)) ?? undefined,
        ({ status, attempt }) => `${status} ${attempt}`,
      );
    },
    resolve: (autoPrompt) => autoPrompt,
  }),
);
