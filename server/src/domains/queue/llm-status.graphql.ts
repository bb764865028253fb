import { builder } from "#graphql/builder.ts";
import type { LlmPurpose, LlmStatus } from "#platform/llm/llm.ts";

const LlmPurposeEnum = builder.enumType("LlmPurpose", {
  description: "What a language model is asked for; each may have a model of its own.",
  values: {
    CAPTION: { value: "caption", description: "To describe a picture." },
    MOTION: { value: "motion", description: "To write prompts for clips." },
    RELEVANCE: { value: "relevance", description: "To find the assets that a scene needs." },
    TRANSLATION: { value: "translation", description: "To translate chapters." },
  } satisfies Record<string, { value: LlmPurpose; description: string }>,
});

const MissingLlmModelType = builder.objectRef<LlmStatus["missing"][number]>("MissingLlmModel").implement({
  description: "A configured model that the language model server does not offer.",
  fields: (t) => ({
    purpose: t.expose("purpose", { type: LlmPurposeEnum, description: "What it was to be asked for." }),
    model: t.exposeString("model", { description: "Its name." }),
  }),
});

export const LlmStatusType = builder.objectRef<LlmStatus>("LlmStatus").implement({
  description: "Whether a language model can be used.",
  fields: (t) => ({
    isConfigured: t.exposeBoolean("isConfigured", { description: "Whether a server is named in the configuration." }),
    isReachable: t.exposeBoolean("isReachable", { description: "Whether it answers." }),
    isSimulated: t.exposeBoolean("isSimulated", {
      description: "It is the demo's simulator: what it writes is no model's.",
    }),
    hint: t.exposeString("hint", { nullable: true, description: "What to set, start or load." }),
    models: t.exposeStringList("models", { description: "Models that it offers." }),
    missing: t.expose("missing", {
      type: [MissingLlmModelType],
      description: "Configured models that it does not offer.",
    }),
  }),
});
