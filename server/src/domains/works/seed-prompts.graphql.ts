import { type SeededPrompts, seedDefaultPrompts } from "#domains/works/seed-prompts.service.ts";
import { WorkType } from "#domains/works/works.graphql.ts";
import { workLoader } from "#domains/works/works.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";

mutation("seedDefaultPrompts", {
  description:
    "Gives every work that has no prompt the usual one, of those that the viewer sees. Running it again changes nothing.",
  input: builder.inputType("SeedDefaultPromptsInput", {
    description: "Which works.",
    fields: (t) => ({ workId: t.id({ description: "Only this one; all of them unless said." }) }),
  }),
  payload: builder.objectRef<SeededPrompts & { workId: string | undefined }>("SeedDefaultPromptsPayload").implement({
    description: "Answer of a mutation: what was done.",
    fields: (t) => ({
      seeded: t.exposeInt("seeded", { description: "Works that had no prompt, and have one now." }),
      unchanged: t.exposeInt("unchanged", { description: "Works that had a prompt already." }),
      work: t.field({
        type: WorkType,
        nullable: true,
        description: "The work that was named; null when none was.",
        resolve: ({ workId }, _args, context) => (workId === undefined ? null : workLoader(context).load(workId)),
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const workId = optionalId("Work", input.workId, ["workId"]);
    return { ...(await seedDefaultPrompts(deps, viewer, workId)), workId };
  },
});
