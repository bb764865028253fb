import type { ListedChapter } from "#domains/works/change-work.ts";
import { chapterCountLoader, chapterPageLoader, numberPage } from "#domains/works/work-pages.loaders.ts";
import { WorkType } from "#domains/works/works.graphql.ts";
import { chapterLoader, chapterNeighboursLoader, chapterTextLoader, workLoader } from "#domains/works/works.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { decodeId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { escapeLike, searchTerm } from "#lib/storable-text.ts";

export const ChapterType = builder.objectRef<ListedChapter>("Chapter");
builder.node(ChapterType, {
  description: "A chapter of a work.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => chapterLoader(context).load(id),
  fields: (t) => ({
    number: t.exposeInt("number", { description: "Unique in the work, from 0; there may be gaps." }),
    title: t.exposeString("title", { description: "What it is called; may be empty." }),
    text: t.string({
      description: "Its text, in the work's language; may be empty.",
      complexity: 5,
      resolve: async ({ id }, _args, context) =>
        expectLoaded(await chapterTextLoader(context).load(id), "The text of the chapter"),
    }),
    characterCount: t.exposeInt("characterCount", { description: "How long its text is, in characters." }),
    summary: t.exposeString("summary", {
      description: "What happens in it, for the prompt of the next chapter; may be empty.",
    }),
    work: t.field({
      type: WorkType,
      description: "The work that it belongs to.",
      resolve: async ({ workId }, _args, context) => expectLoaded(await workLoader(context).load(workId), "The work"),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was added.", resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectFields(ChapterType, (t) => ({
  previous: t.field({
    type: ChapterType,
    nullable: true,
    description: "The chapter before it; null for the first.",
    resolve: async ({ id, number }, _args, context) =>
      (await chapterNeighboursLoader(context).load(id)).find((each) => each.number < number) ?? null,
  }),
  next: t.field({
    type: ChapterType,
    nullable: true,
    description: "The chapter after it; null for the last.",
    resolve: async ({ id, number }, _args, context) =>
      (await chapterNeighboursLoader(context).load(id)).find((each) => each.number > number) ?? null,
  }),
}));

builder.objectField(WorkType, "chapters", (t) =>
  t.connection(
    {
      type: ChapterType,
      description: "Its chapters, in the order of their numbers.",
      args: { search: t.arg.string({ description: "The number, or part of the title, the summary or the text." }) },
      resolve: async ({ id }, { search, ...args }, context) => {
        const page = readPage(args);
        const term = searchTerm(search);
        const filter = { search: term === undefined ? null : escapeLike(term) };
        const rows = await chapterPageLoader(context).load(id, { ...numberPage(page), ...filter });
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          ({ number }) => [String(number)],
          async () => (await chapterCountLoader(context).load(id, filter))[0]?.count ?? 0,
        );
      },
    },
    { name: "ChapterConnection", description: "A page of chapters." },
    { name: "ChapterEdge", description: "A chapter in a page." },
  ),
);

builder.queryField("chapter", (t) =>
  t.field({
    type: ChapterType,
    nullable: true,
    description: "One chapter; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("Chapter", args.id);
      return id === null ? null : chapterLoader(context).load(id);
    },
  }),
);
