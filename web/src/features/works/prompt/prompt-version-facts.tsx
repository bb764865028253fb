"use client";

import { useMemo } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { showValue } from "#lib/show-value.ts";
import { Facts } from "#ui/facts.tsx";
import { PromptEditor } from "#ui/prompt-editor/prompt-editor.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const PromptVersionFactsFields = graphql(`
  fragment PromptVersionFacts on PromptVersion {
    id
    number
    model
    template
    parameters
    metadata
    createdAt
    author {
      id
      name
    }
    revertedFrom {
      id
      number
    }
  }
`);

/** Everything that a version says, to be read. */
export function PromptVersionFacts(props: { version: FragmentType<typeof PromptVersionFactsFields> }) {
  const version = readFragment(PromptVersionFactsFields, props.version);
  const vocabulary = useMemo(() => ({ placeholders: null, libraryKeys: null, isTemplate: true }), []);
  const entries = (value: unknown) =>
    Object.entries((value ?? {}) as Record<string, unknown>)
      .map(([name, each]) => `${name}: ${showValue(each)}`)
      .join(", ");
  return (
    <div className="flex flex-col gap-3">
      <Facts
        facts={[
          ["Model", version.model],
          ["Parameters", entries(version.parameters)],
          ["Metadata", entries(version.metadata)],
          ["Author", version.author.name],
          ["Written", <TimeAgo key="at" at={version.createdAt} />],
          ["Copy of", version.revertedFrom && `version ${version.revertedFrom.number}`],
        ]}
      />
      <PromptEditor
        label={`Template of version ${version.number}`}
        value={version.template}
        vocabulary={vocabulary}
        isReadOnly
      />
    </div>
  );
}
