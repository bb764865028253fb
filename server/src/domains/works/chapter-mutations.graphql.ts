import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import { ChapterType } from "#domains/works/chapters.graphql.ts";
import { createChapter, deleteChapter, reorderChapters, updateChapter } from "#domains/works/chapters.service.ts";
import { WorkType } from "#domains/works/works.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("createChapter", {
  description: "Adds a chapter to a work.",
  input: builder.inputType("CreateChapterInput", {
    description: "A new chapter.",
    fields: (t) => ({
      workId: t.id({ required: true, description: "The work it belongs to." }),
      number: t.int({ description: "Unique in the work, 0 to 1,000,000; the next one unless said." }),
      title: t.string({ description: "What it is called." }),
      text: t.string({ description: "Its text; up to 500,000 characters." }),
      summary: t.string({ description: "What happens in it, for the prompt of the next chapter." }),
    }),
  }),
  payload: payloadOf("CreateChapterPayload", "chapter", ChapterType, "The new chapter."),
  resolve: async (input, { deps, viewer }) => ({
    chapter: await createChapter(deps, viewer, {
      workId: requireId("Work", input.workId, ["workId"]),
      number: input.number ?? undefined,
      title: input.title ?? undefined,
      text: input.text ?? undefined,
      summary: input.summary ?? undefined,
    }),
  }),
});

mutation("updateChapter", {
  description: "Changes a chapter. Translations that have begun stay as they are.",
  input: builder.inputType("UpdateChapterInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The chapter." }),
      number: t.int({ description: "Unique in the work." }),
      title: t.string({ description: "What it is called." }),
      text: t.string({ description: "Its text; up to 500,000 characters." }),
      summary: t.string({ description: "What happens in it, for the prompt of the next chapter." }),
    }),
  }),
  payload: payloadOf("UpdateChapterPayload", "chapter", ChapterType, "The chapter as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    chapter: await updateChapter(deps, viewer, requireId("Chapter", input.id), {
      number: input.number ?? undefined,
      title: input.title ?? undefined,
      text: input.text ?? undefined,
      summary: input.summary ?? undefined,
    }),
  }),
});

mutation("deleteChapter", {
  description: "Deletes a chapter with its translations; the others keep their numbers.",
  input: idInput("DeleteChapterInput", "chapter"),
  payload: deletedPayload("DeleteChapterPayload", "Chapter"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("Chapter", input.id);
    await deleteChapter(deps, viewer, id);
    return { id };
  },
});

mutation("reorderChapters", {
  description:
    "Gives chapters, in this order, the numbers that they have among them, from the lowest up. Chapters that are not named stay.",
  input: builder.inputType("ReorderChaptersInput", {
    description: "Chapters in their new order.",
    fields: (t) => ({
      workId: t.id({ required: true, description: "The work." }),
      chapterIds: t.idList({ required: true, description: "Chapters of it, at most 1,000, each once." }),
    }),
  }),
  payload: payloadOf("ReorderChaptersPayload", "work", WorkType, "The work, with its chapters in their new order."),
  resolve: async ({ workId, chapterIds }, { deps, viewer }) => ({
    work: await reorderChapters(
      deps,
      viewer,
      requireId("Work", workId, ["workId"]),
      chapterIds.map((id, index) => requireId("Chapter", id, ["chapterIds", String(index)])),
    ),
  }),
});
