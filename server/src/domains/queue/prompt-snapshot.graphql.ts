import { PromptSourceType } from "#domains/prompts/prompts.enums.graphql.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { builder } from "#graphql/builder.ts";

export const SnapshotType = builder.objectRef<PromptSnapshot>("ResolvedPromptSnapshot").implement({
  description: "The text of a slot exactly as it was rendered.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The text encoder's node id." }),
    inputName: t.exposeString("inputName", { description: "The name of its text input." }),
    slotLabel: t.exposeString("slotLabel", { description: "What the slot was called then." }),
    text: t.exposeString("text", { description: "The exact text." }),
    source: t.field({
      type: PromptSourceType,
      description: "The last layer that contributed.",
      resolve: (snapshot) => snapshot.source,
    }),
  }),
});
