import { fragmentsOf } from "#domains/prompts/merge-entries.ts";
import { FragmentEntryInput, FragmentEntryObject, readEntries } from "#domains/prompts/overrides.graphql.ts";
import { overrideTemplateLoader } from "#domains/prompts/prompts.loaders.ts";
import {
  createOverrideTemplate,
  deleteOverrideTemplate,
  updateOverrideTemplate,
} from "#domains/prompts/templates.service.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { nameContains } from "#lib/storable-text.ts";
import type { OverrideTemplate } from "#platform/db/generated/client.ts";

const OverrideTemplateType = builder.objectRef<OverrideTemplate>("OverrideTemplate");
builder.node(OverrideTemplateType, {
  description: "A named, ordered list of fragment entries, studio-wide, that can be applied to any character and slot.",
  id: { resolve: (template) => template.id },
  loadOne: (id, context) => overrideTemplateLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in the studio." }),
    description: t.exposeString("description", { nullable: true, description: "What it is good for." }),
    fragments: t.field({
      type: [FragmentEntryObject],
      description: "What it adds, in this order.",
      resolve: fragmentsOf,
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: (template) => template.updatedAt,
    }),
  }),
});

builder.queryField("overrideTemplates", (t) =>
  t.connection(
    {
      type: OverrideTemplateType,
      description: "Override templates, newest first.",
      args: { search: t.arg.string({ description: "Part of the name." }) },
      resolve: (_root, { search, ...args }, { deps }) => {
        const where = nameContains(search);
        const { overrideTemplate } = deps.db.prisma;
        return idConnection(
          args,
          (page) => overrideTemplate.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => overrideTemplate.count({ where }),
        );
      },
    },
    { name: "OverrideTemplateConnection", description: "A page of override templates." },
    { name: "OverrideTemplateEdge", description: "An override template in a page." },
  ),
);

mutation("createOverrideTemplate", {
  description: "Makes an override template.",
  input: builder.inputType("CreateOverrideTemplateInput", {
    description: "A new template.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Unique in the studio; 1 to 200 characters." }),
      description: t.string({ description: "What it is good for." }),
      fragments: t.field({ type: [FragmentEntryInput], required: true, description: "What it adds, in order." }),
    }),
  }),
  payload: payloadOf("CreateOverrideTemplatePayload", "template", OverrideTemplateType, "The new template."),
  resolve: async ({ name, description, fragments }, { deps, viewer }) => ({
    template: await createOverrideTemplate(deps, viewer, {
      name,
      description: description ?? undefined,
      fragments: readEntries(fragments, ["fragments"]),
    }),
  }),
});

mutation("updateOverrideTemplate", {
  description: "Changes an override template; where it was applied before, nothing changes.",
  input: builder.inputType("UpdateOverrideTemplateInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which template." }),
      name: t.string({ description: "Unique in the studio." }),
      description: t.string({ description: "What it is good for; empty text takes it away." }),
      fragments: t.field({ type: [FragmentEntryInput], description: "What it adds, in place of what it has." }),
    }),
  }),
  payload: payloadOf("UpdateOverrideTemplatePayload", "template", OverrideTemplateType, "The template as it is now."),
  resolve: async ({ id, name, description, fragments }, { deps }) => ({
    template: await updateOverrideTemplate(deps, requireId("OverrideTemplate", id), {
      name: name ?? undefined,
      description: description ?? undefined,
      fragments: fragments ? readEntries(fragments, ["fragments"]) : undefined,
    }),
  }),
});

mutation("deleteOverrideTemplate", {
  description: "Deletes an override template; where it was applied, nothing changes.",
  input: builder.inputType("DeleteOverrideTemplateInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which template." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteOverrideTemplatePayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({
        description: "The id that the template had.",
        resolve: ({ id }) => encodeId("OverrideTemplate", id),
      }),
    }),
  }),
  resolve: async (input, { deps }) => {
    const id = requireId("OverrideTemplate", input.id);
    await deleteOverrideTemplate(deps, id);
    return { id };
  },
});
