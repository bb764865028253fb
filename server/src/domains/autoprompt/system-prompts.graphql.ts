import {
  setSystemPrompt,
  type StudioSystemPrompt,
  type SystemPromptPurpose,
  systemPrompts,
} from "#domains/autoprompt/system-prompts.service.ts";
import { builder } from "#graphql/builder.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const SystemPromptPurposeType = builder.enumType("SystemPromptPurpose", {
  description: "What a system prompt is for.",
  values: {
    CAPTION: { value: "caption", description: "To describe a picture." },
    MOTION: { value: "motion", description: "To write prompts for clips." },
  } satisfies Record<string, { value: SystemPromptPurpose; description: string }>,
});

const SystemPromptType = builder.objectRef<StudioSystemPrompt>("SystemPrompt").implement({
  description: "What a language model is told before it is asked.",
  fields: (t) => ({
    purpose: t.expose("purpose", { type: SystemPromptPurposeType, description: "What it is for." }),
    text: t.exposeString("text", { description: "May name {fps} {frames} {duration} {mid} {end} {clips}." }),
    isEdited: t.exposeBoolean("isEdited", { description: "The studio says otherwise than usual." }),
  }),
});

builder.queryField("systemPrompts", (t) =>
  t.field({
    type: [SystemPromptType],
    description: "The studio's system prompts.",
    resolve: (_root, _args, { deps }) => systemPrompts(deps),
  }),
);

mutation("setSystemPrompt", {
  description: "Changes what a language model is told, for all that is asked for from now on.",
  role: "admin",
  input: builder.inputType("SetSystemPromptInput", {
    description: "Which one, and its text.",
    fields: (t) => ({
      purpose: t.field({ type: SystemPromptPurposeType, required: true, description: "What it is for." }),
      text: t.string({ description: "Up to 20,000 characters; null for the usual one again." }),
    }),
  }),
  payload: payloadOf("SetSystemPromptPayload", "systemPrompt", SystemPromptType, "The system prompt as it is now."),
  resolve: async ({ purpose, text }, { deps }) => ({
    systemPrompt: await setSystemPrompt(deps, purpose, text ?? null),
  }),
});
