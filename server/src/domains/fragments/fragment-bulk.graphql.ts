import { deleteFragments, updateFragments } from "#domains/fragments/bulk-edit.service.ts";
import { countCategories, countTags, type FacetCount } from "#domains/fragments/fragment-facets.ts";
import { FragmentType } from "#domains/fragments/fragments.graphql.ts";
import type { FragmentFilter } from "#domains/fragments/search-fragments.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Fragment } from "#platform/db/generated/client.ts";

export const FacetCountType = builder.objectRef<FacetCount>("FacetCount").implement({
  description: "A value that things can be filtered by.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The value." }),
    count: t.exposeInt("count", { description: "How many have it." }),
  }),
});

const FragmentFacetsType = builder.objectRef<FragmentFilter>("FragmentFacets").implement({
  description: "What fragments can be filtered by; at most 500 of each kind, the most frequent first.",
  fields: (t) => ({
    categories: t.field({
      type: [FacetCountType],
      description: "The categories of the fragments that match, whatever category is asked for.",
      resolve: (filter, _args, { deps }) => countCategories(deps, { ...filter, category: undefined }),
    }),
    tags: t.field({
      type: [FacetCountType],
      description: "The tags of the fragments that match.",
      resolve: (filter, _args, { deps }) => countTags(deps, filter),
    }),
  }),
});

builder.queryField("fragmentFacets", (t) =>
  t.field({
    type: FragmentFacetsType,
    description: "Categories and tags of the fragments that match, with counts, for filters.",
    complexity: 10,
    args: {
      search: t.arg.string({ description: "As in fragments." }),
      category: t.arg.string({ description: "As in fragments." }),
      tags: t.arg.stringList({ description: "As in fragments." }),
    },
    resolve: (_root, { search, category, tags }): FragmentFilter => ({
      search: search ?? undefined,
      category: category ?? undefined,
      tags: tags ?? undefined,
    }),
  }),
);

const idsOf = (ids: readonly string[]): string[] =>
  ids.map((id, index) => requireId("Fragment", id, ["ids", String(index)]));

mutation("updateFragments", {
  description: "Retags and recategorises fragments, all or none.",
  input: builder.inputType("UpdateFragmentsInput", {
    description: "Which fragments, and what to change; what is left out stays.",
    fields: (t) => ({
      ids: t.idList({ required: true, description: "The fragments, at most 1000." }),
      addTags: t.stringList({ description: "Tags that all of them have afterwards." }),
      removeTags: t.stringList({ description: "Tags that none of them has afterwards, unless it is added." }),
      category: t.string({ description: "The category of all of them; empty text takes it away." }),
    }),
  }),
  payload: builder.objectRef<{ fragments: Fragment[] }>("UpdateFragmentsPayload").implement({
    description: "Answer of a mutation: the fragments as they are now.",
    fields: (t) => ({
      fragments: t.field({
        type: [FragmentType],
        description: "In the order of the ids.",
        resolve: (payload) => payload.fragments,
      }),
    }),
  }),
  resolve: async ({ ids, addTags, removeTags, category }, { deps }) => ({
    fragments: await updateFragments(deps, idsOf(ids), {
      addTags: addTags ?? undefined,
      removeTags: removeTags ?? undefined,
      category: category ?? undefined,
    }),
  }),
});

mutation("deleteFragments", {
  description: "Deletes fragments, all or none; overrides keep the texts that they copied.",
  input: builder.inputType("DeleteFragmentsInput", {
    description: "What to delete.",
    fields: (t) => ({ ids: t.idList({ required: true, description: "The fragments, at most 1000." }) }),
  }),
  payload: builder.objectRef<{ ids: string[] }>("DeleteFragmentsPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedIds: t.idList({
        description: "The ids that the fragments had.",
        resolve: ({ ids }) => ids.map((id) => encodeId("Fragment", id)),
      }),
    }),
  }),
  resolve: async (input, { deps }) => {
    const ids = idsOf(input.ids);
    await deleteFragments(deps, ids);
    return { ids };
  },
});
