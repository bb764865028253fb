import { PromptWarningType } from "#domains/works/check-prompt.graphql.ts";
import type { PromptWarning } from "#domains/works/prompt-check.service.ts";
import { appendPromptVersion, revertPromptVersion } from "#domains/works/prompt-versions.service.ts";
import { PromptVersionType, WorkPromptType } from "#domains/works/work-prompts.graphql.ts";
import { createWorkPrompt, renameWorkPrompt } from "#domains/works/work-prompts.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { PromptVersion, WorkPrompt } from "#platform/db/generated/client.ts";

const warnings = {
  type: [PromptWarningType] as [typeof PromptWarningType],
  description: "What people should know of it.",
  resolve: (payload: { warnings: PromptWarning[] }) => payload.warnings,
};

const model = "The language model to ask, as its server names it.";
const template = "What it is told: {name} is a variable, {{ and }} are braces; up to 50,000 characters.";
const parameters =
  "What the model is called with: temperature, max_tokens, top_p, top_k, min_p, seed and penalties. part_characters is how much of a chapter it is given at once. Others are variables of the template.";
const metadata = "An object with whatever people note down.";

mutation("createWorkPrompt", {
  description: "Gives a work its prompt, with a first version. A work has one; further versions are appended.",
  input: builder.inputType("CreateWorkPromptInput", {
    description: "A prompt and its first version.",
    fields: (t) => ({
      workId: t.id({ required: true, description: "The work." }),
      name: t.string({ required: true, description: "What it is called; 1 to 200 characters." }),
      model: t.string({ required: true, description: model }),
      template: t.string({ required: true, description: template }),
      parameters: t.field({ type: "JSON", description: parameters }),
      metadata: t.field({ type: "JSON", description: metadata }),
    }),
  }),
  payload: builder
    .objectRef<{ workPrompt: WorkPrompt; warnings: PromptWarning[] }>("CreateWorkPromptPayload")
    .implement({
      description: "Answer of a mutation: the new prompt.",
      fields: (t) => ({
        workPrompt: t.field({
          type: WorkPromptType,
          description: "The new prompt.",
          resolve: ({ workPrompt }) => workPrompt,
        }),
        warnings: t.field(warnings),
      }),
    }),
  resolve: ({ workId, ...input }, { deps, viewer }) =>
    createWorkPrompt(deps, viewer, { workId: requireId("Work", workId, ["workId"]), ...input }),
});

mutation("renameWorkPrompt", {
  description: "Gives a prompt another name.",
  input: builder.inputType("RenameWorkPromptInput", {
    description: "Which prompt, and its new name.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The prompt." }),
      name: t.string({ required: true, description: "What it is called; 1 to 200 characters." }),
    }),
  }),
  payload: payloadOf("RenameWorkPromptPayload", "workPrompt", WorkPromptType, "The prompt as it is now."),
  resolve: async ({ id, name }, { deps, viewer }) => ({
    workPrompt: await renameWorkPrompt(deps, viewer, requireId("WorkPrompt", id), name),
  }),
});

const AppendedPayload = builder
  .objectRef<{ promptVersion: PromptVersion; warnings: PromptWarning[] }>("PromptVersionPayload")
  .implement({
    description: "Answer of a mutation: the new version.",
    fields: (t) => ({
      promptVersion: t.field({
        type: PromptVersionType,
        description: "The new version, which holds from now on.",
        resolve: ({ promptVersion }) => promptVersion,
      }),
      warnings: t.field(warnings),
    }),
  });

mutation("appendPromptVersion", {
  description: "Appends a version to a prompt. What is translated already, or being translated, keeps its own.",
  input: builder.inputType("AppendPromptVersionInput", {
    description: "A new version, in full.",
    fields: (t) => ({
      promptId: t.id({ required: true, description: "The prompt." }),
      model: t.string({ required: true, description: model }),
      template: t.string({ required: true, description: template }),
      parameters: t.field({ type: "JSON", description: parameters }),
      metadata: t.field({ type: "JSON", description: metadata }),
    }),
  }),
  payload: AppendedPayload,
  resolve: ({ promptId, ...input }, { deps, viewer }) =>
    appendPromptVersion(deps, viewer, { promptId: requireId("WorkPrompt", promptId, ["promptId"]), ...input }),
});

mutation("revertPromptVersion", {
  description:
    "Makes an earlier version the one that holds again: a copy of it is appended, which says where it is from.",
  input: builder.inputType("RevertPromptVersionInput", {
    description: "Which version.",
    fields: (t) => ({ versionId: t.id({ required: true, description: "The earlier version." }) }),
  }),
  payload: AppendedPayload,
  resolve: ({ versionId }, { deps, viewer }) =>
    revertPromptVersion(deps, viewer, requireId("PromptVersion", versionId, ["versionId"])),
});
