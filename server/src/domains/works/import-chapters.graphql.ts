import { importChapters } from "#domains/works/import-chapters.service.ts";
import { WorkType } from "#domains/works/works.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Work } from "#platform/db/generated/client.ts";

mutation("importChapters", {
  description:
    "Cuts the text of a book at its headings (Chapter 12: The pier, 第3話, Prologue, # The pier) and adds the chapters, all or none. Numbers are those of the headings where they rise, else they go on from the last chapter.",
  input: builder.inputType("ImportChaptersInput", {
    description: "Which work, and the text.",
    fields: (t) => ({
      workId: t.id({ required: true, description: "The work." }),
      text: t.string({ required: true, description: "The text of one or many chapters; up to 5,000,000 characters." }),
    }),
  }),
  payload: builder.objectRef<{ work: Work; imported: number }>("ImportChaptersPayload").implement({
    description: "Answer of a mutation: what was imported.",
    fields: (t) => ({
      work: t.field({ type: WorkType, description: "The work.", resolve: ({ work }) => work }),
      imported: t.exposeInt("imported", { description: "How many chapters were added." }),
    }),
  }),
  resolve: ({ workId, text }, { deps, viewer }) =>
    importChapters(deps, viewer, { workId: requireId("Work", workId, ["workId"]), text }),
});
