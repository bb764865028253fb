import {
  createFragment,
  deleteFragment,
  pinFragment,
  requireVisibleSceneType,
  unpinFragment,
  updateFragment,
} from "#domains/fragments/fragments.service.ts";
import { fragmentLoader, pinKey, pinLoader } from "#domains/fragments/fragments.loaders.ts";
import { countFragments, cursorOfFragment, searchFragments } from "#domains/fragments/search-fragments.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { decodeId, encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { Fragment } from "#platform/db/generated/client.ts";

export const FragmentType = builder.objectRef<Fragment>("Fragment");
builder.node(FragmentType, {
  description: "A reusable piece of prompt text, studio-wide.",
  id: { resolve: (fragment) => fragment.id },
  loadOne: (id, context) => fragmentLoader(context).load(id),
  fields: (t) => ({
    text: t.exposeString("text", { description: "What it adds to a prompt." }),
    description: t.exposeString("description", { nullable: true, description: "What it is good for." }),
    category: t.exposeString("category", { nullable: true, description: "The heading that it stands under." }),
    tags: t.exposeStringList("tags", { description: "Words to find it by: lower case, each once." }),
    usageCount: t.exposeInt("usageCount", { description: "How often it was added to an override." }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was made.",
      resolve: (fragment) => fragment.createdAt,
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: (fragment) => fragment.updatedAt,
    }),
    isPinned: t.boolean({
      description: "Whether it is pinned to the scene type.",
      args: { sceneTypeId: t.arg.id({ required: true, description: "Which scene type." }) },
      resolve: async (fragment, args, context) => {
        const sceneTypeId = decodeId("SceneType", args.sceneTypeId);
        return sceneTypeId !== null && (await pinLoader(context).load(pinKey(fragment.id, sceneTypeId))) === true;
      },
    }),
  }),
});

builder.queryField("fragments", (t) =>
  t.connection(
    {
      type: FragmentType,
      description: "Fragments: those pinned to the scene type first, then the most used, then the newest.",
      args: {
        search: t.arg.string({
          description: "Words of text, description, category or tags, or their beginnings; all must occur.",
        }),
        category: t.arg.string({ description: "Only of this category." }),
        tags: t.arg.stringList({ description: "Only those that have all of these tags." }),
        sceneTypeId: t.arg.id({ description: "The scene type whose pinned fragments come first." }),
      },
      resolve: async (_root, args, { deps, viewer }) => {
        const page = readPage(args);
        const sceneTypeId = optionalId("SceneType", args.sceneTypeId, ["sceneTypeId"]);
        if (sceneTypeId !== undefined) await requireVisibleSceneType(deps, viewer as Viewer, sceneTypeId);
        const filter = {
          search: args.search ?? undefined,
          category: args.category ?? undefined,
          tags: args.tags ?? undefined,
          sceneTypeId,
        };
        return toConnection(page, await searchFragments(deps, filter, page), cursorOfFragment, () =>
          countFragments(deps, filter),
        );
      },
    },
    { name: "FragmentConnection", description: "A page of fragments." },
    { name: "FragmentEdge", description: "A fragment in a page." },
  ),
);

const given = (
  input: Partial<Record<"description" | "category", string | null | undefined>> & {
    tags?: string[] | null | undefined;
  },
) => ({
  description: input.description ?? undefined,
  category: input.category ?? undefined,
  tags: input.tags ?? undefined,
});

mutation("createFragment", {
  description: "Adds a fragment to the library.",
  input: builder.inputType("CreateFragmentInput", {
    description: "A new fragment.",
    fields: (t) => ({
      text: t.string({ required: true, description: "What it adds to a prompt." }),
      description: t.string({ description: "What it is good for." }),
      category: t.string({ description: "The heading that it stands under." }),
      tags: t.stringList({ description: "Words to find it by; stored in lower case, each once." }),
    }),
  }),
  payload: payloadOf("CreateFragmentPayload", "fragment", FragmentType, "The new fragment."),
  resolve: async (input, { deps }) => ({ fragment: await createFragment(deps, { text: input.text, ...given(input) }) }),
});

mutation("updateFragment", {
  description: "Changes a fragment; overrides keep the text that they copied and flag it as stale.",
  input: builder.inputType("UpdateFragmentInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which fragment." }),
      text: t.string({ description: "What it adds to a prompt." }),
      description: t.string({ description: "What it is good for; empty text takes it away." }),
      category: t.string({ description: "The heading that it stands under; empty text takes it away." }),
      tags: t.stringList({ description: "Words to find it by, in place of those it has." }),
    }),
  }),
  payload: payloadOf("UpdateFragmentPayload", "fragment", FragmentType, "The fragment as it is now."),
  resolve: async (input, { deps }) => ({
    fragment: await updateFragment(deps, requireId("Fragment", input.id), {
      text: input.text ?? undefined,
      ...given(input),
    }),
  }),
});

mutation("deleteFragment", {
  description: "Deletes a fragment; overrides keep the text that they copied.",
  input: builder.inputType("DeleteFragmentInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which fragment." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteFragmentPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that the fragment had.", resolve: ({ id }) => encodeId("Fragment", id) }),
    }),
  }),
  resolve: async (input, { deps }) => {
    const id = requireId("Fragment", input.id);
    await deleteFragment(deps, id);
    return { id };
  },
});

const PinInput = builder.inputType("PinFragmentInput", {
  description: "Which fragment and which scene type.",
  fields: (t) => ({
    fragmentId: t.id({ required: true, description: "The fragment." }),
    sceneTypeId: t.id({ required: true, description: "The scene type." }),
  }),
});
const PinPayload = payloadOf("PinFragmentPayload", "fragment", FragmentType, "The fragment.");
const pinOf = (input: { fragmentId: string; sceneTypeId: string }) => ({
  fragmentId: requireId("Fragment", input.fragmentId, ["fragmentId"]),
  sceneTypeId: requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
});

mutation("pinFragment", {
  description: "Pins a fragment to the top of a scene type's list; doing it again changes nothing.",
  input: PinInput,
  payload: PinPayload,
  resolve: async (input, { deps, viewer }) => ({ fragment: await pinFragment(deps, viewer, pinOf(input)) }),
});

mutation("unpinFragment", {
  description: "Takes a pin away; doing it again changes nothing.",
  input: PinInput,
  payload: PinPayload,
  resolve: async (input, { deps, viewer }) => ({ fragment: await unpinFragment(deps, viewer, pinOf(input)) }),
});
