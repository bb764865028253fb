import { AutoPromptStageType, AutoPromptType } from "#domains/autoprompt/auto-prompts.graphql.ts";
import { applyAutoPrompts, cancelAutoPrompt, retryAutoPrompt } from "#domains/autoprompt/auto-prompts.service.ts";
import { startAutoPrompt } from "#domains/autoprompt/start-auto-prompt.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { JsonObject } from "#lib/json.ts";

const AutoPromptPayload = payloadOf(
  "AutoPromptPayload",
  "autoPrompt",
  AutoPromptType,
  "The set of prompts as it is now.",
);

const autoPromptId = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ id: t.id({ required: true, description: "The set of prompts." }) }),
  });

mutation("autoPrompt", {
  description:
    "Has a language model write prompts for pictures; watch it with autoPromptUpdated. Without a language model the answer says at once what to start.",
  input: builder.inputType("AutoPromptInput", {
    description: "Which pictures, and what to write.",
    fields: (t) => ({
      stage: t.field({ type: AutoPromptStageType, defaultValue: "BOTH", description: "What to write." }),
      assetIds: t.idList({ description: "Uploaded pictures; not together with directory." }),
      paths: t.stringList({ description: "Pictures on the server, inside the open folders; beside assetIds." }),
      directory: t.string({ description: "A folder on the server: every picture in it." }),
      workflowVersionId: t.id({ description: "What the prompts are for; only CAPTION goes without." }),
      projectId: t.id({ description: "The project it belongs to; without one only its owner and ADMIN see it." }),
      captions: t.field({
        type: "JSON",
        description: "Descriptions by asset id, full path, or a file name that occurs once. MOTION needs all of them.",
      }),
      systemPromptOverride: t.string({
        description:
          "Instead of the studio's system prompt: of the model that sees for CAPTION, else of the one that writes. May name {fps} {frames} {duration} {mid} {end} {clips}.",
      }),
    }),
  }),
  payload: AutoPromptPayload,
  resolve: async (input, { deps, viewer }) => ({
    autoPrompt: await startAutoPrompt(deps, viewer, {
      stage: input.stage ?? "BOTH",
      assetIds: input.assetIds?.map(String),
      paths: input.paths ?? undefined,
      directory: input.directory ?? undefined,
      workflowVersionId: optionalId("WorkflowVersion", input.workflowVersionId, ["workflowVersionId"]),
      projectId: optionalId("Project", input.projectId, ["projectId"]),
      captions: input.captions ?? undefined,
      systemPromptOverride: input.systemPromptOverride ?? undefined,
    }),
  }),
});

mutation("cancelAutoPrompt", {
  description: "Ends the writing; what is written stays. Does nothing once it is over.",
  input: autoPromptId("CancelAutoPromptInput", "What to end."),
  payload: AutoPromptPayload,
  resolve: async ({ id }, { deps, viewer }) => ({
    autoPrompt: await cancelAutoPrompt(deps, viewer, requireId("AutoPrompt", id, ["id"])),
  }),
});

mutation("retryAutoPrompt", {
  description: "Writes what failed or was canceled once more; what is there stays.",
  input: autoPromptId("RetryAutoPromptInput", "What to go on with."),
  payload: AutoPromptPayload,
  resolve: async ({ id }, { deps, viewer }) => ({
    autoPrompt: await retryAutoPrompt(deps, viewer, requireId("AutoPrompt", id, ["id"])),
  }),
});

mutation("applyAutoPrompts", {
  description: "Puts what was written, as people have edited it, into perFileParams of a submission. Stores nothing.",
  role: "viewer",
  input: builder.inputType("ApplyAutoPromptsInput", {
    description: "Which prompts, and what they go on top of.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The set of prompts." }),
      edits: t.field({
        type: [
          builder.inputType("EditedAutoPromptInput", {
            description: "What a person has made of the prompt of one picture.",
            fields: (f) => ({
              key: f.string({ required: true, description: "The picture's key." }),
              motionPrompt: f.string({ description: "The prompt." }),
              clips: f.stringList({ description: "The texts of clips 1 to N." }),
            }),
          }),
        ],
        description: "Prompts that were edited; all others are as they were written.",
      }),
      perFileParams: t.field({ type: "JSON", description: "What the submission has; other values stay." }),
    }),
  }),
  payload: builder.objectRef<{ perFileParams: JsonObject }>("ApplyAutoPromptsPayload").implement({
    description: "Answer of applyAutoPrompts.",
    fields: (t) => ({
      perFileParams: t.field({
        type: "JSON",
        description: "For submitJob, with the prompt mode PER_IMAGE_AUTO.",
        resolve: ({ perFileParams }) => perFileParams,
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => ({
    perFileParams: await applyAutoPrompts(deps, viewer, {
      id: requireId("AutoPrompt", input.id, ["id"]),
      edits: (input.edits ?? []).map(({ key, motionPrompt, clips }) => ({
        key,
        motionPrompt: motionPrompt ?? undefined,
        clips: clips ?? undefined,
      })),
      perFileParams: input.perFileParams ?? undefined,
    }),
  }),
});
