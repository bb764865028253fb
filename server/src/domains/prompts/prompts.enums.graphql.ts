import { ClipPosition, GenerationStrategy, OverrideScope } from "#platform/db/generated/enums.ts";
import { builder } from "#graphql/builder.ts";

export const ClipPositionType = builder.enumType(ClipPosition, {
  name: "ClipPosition",
  description: "Which clip of a longer take a text is for.",
  values: {
    FULL_CLIP: { description: "Every clip that has no text of its own." },
    START_CLIP: { description: "The first clip." },
    CONTINUATION_CLIP: { description: "Every later clip." },
  },
});

export const GenerationStrategyType = builder.enumType(GenerationStrategy, {
  name: "GenerationStrategy",
  description: "Who makes a long take out of clips.",
  values: {
    PLATFORM_ORCHESTRATED: { description: "This server: one run for each clip." },
    WORKFLOW_MANAGED: { description: "The workflow: one run writes every chunk." },
  },
});

export const OverrideScopeType = builder.enumType(OverrideScope, {
  name: "OverrideScope",
  description: "For whom an override holds; narrower ones win.",
  values: {
    PROJECT: { description: "Every character of a project." },
    GROUP: { description: "The characters of a group." },
    CHARACTER: { description: "One character." },
  },
});

export const FragmentEntryTypeEnum = builder.enumType("FragmentEntryType", {
  description: "Where the text of a fragment entry comes from.",
  values: {
    FRAGMENT_REF: { description: "Copied from a fragment of the library." },
    INLINE: { description: "Written for this override." },
  } as const,
});

export const PromptSourceType = builder.enumType("PromptSource", {
  description: "The last layer that contributed to a prompt.",
  values: {
    WORKFLOW_DEFAULT: { description: "The workflow's own text." },
    SCENE_TYPE_DEFAULT: { description: "The scene type's text." },
    OVERRIDE: { description: "The replacement text of an override." },
    WITH_FRAGMENTS: { description: "Fragments were appended." },
  } as const,
});
