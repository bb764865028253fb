"use client";

import { useEffect, useRef } from "react";
import { graphql } from "#gql/gql.ts";
import { formatSeconds, plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { showValue } from "#lib/show-value.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Facts } from "#ui/facts.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const TranslationFactsQuery = graphql(`
  query TranslationFacts($id: ID!) {
    chapterTranslation(id: $id) {
      id
      isImported
      legacyPromptName
      model
      template
      parameters
      renderedPrompt
      inputTokens
      outputTokens
      elapsedMs
      createdAt
      createdBy {
        id
        name
      }
      promptVersion {
        id
        number
      }
      parts {
        index
      }
    }
  }
`);

/** The snapshots that a translation keeps, whatever becomes of the prompt. */
export function TranslationFacts({ id, status }: { id: string; status: string }) {
  const [result, refetch] = useQuery({ query: TranslationFactsQuery, variables: { id } });
  const seen = useRef(status);
  useEffect(() => {
    if (seen.current === status) return;
    seen.current = status;
    refetch();
  }, [status, refetch]);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-10" />}>
      {({ chapterTranslation: made }) =>
        made && (
          <div className="flex flex-col gap-2">
            <Facts
              facts={[
                ["Prompt", made.isImported ? (made.legacyPromptName ?? "Not known") : null],
                ["Prompt version", made.promptVersion?.number],
                ["Model", made.model],
                ["Parameters", showValue(made.parameters)],
                ["Parts", made.parts.length || null],
                ["Tokens in", made.inputTokens?.toLocaleString("en")],
                ["Tokens out", made.outputTokens?.toLocaleString("en")],
                ["Model’s time", made.elapsedMs > 0 ? formatSeconds(made.elapsedMs / 1000) : null],
                [made.isImported ? "Imported by" : "Asked for by", made.createdBy.name],
                ["At", new Date(made.createdAt).toLocaleString()],
              ]}
            />
            {made.template && <Text title="Template" text={made.template} />}
            {made.renderedPrompt && (
              <Text
                title={
                  made.parts.length > 1
                    ? `What the model was told of the first of ${plural(made.parts.length, "part")}`
                    : "What the model was told"
                }
                text={made.renderedPrompt}
              />
            )}
          </div>
        )
      }
    </QueryPanel>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <Disclosure title={title}>
      <pre
        tabIndex={0}
        aria-label={title}
        role="group"
        className="max-h-80 overflow-y-auto rounded-md bg-hover p-3 font-mono text-sm break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </Disclosure>
  );
}
