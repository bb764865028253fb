"use client";

import { CircleCheck, CircleOff, CircleX } from "lucide-react";
import { SystemPromptsQuery } from "#features/settings/system-prompt-operations.ts";
import { SystemPrompts } from "#features/settings/system-prompts.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Facts } from "#ui/facts.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const LlmQuery = graphql(`
  query Llm {
    llmStatus {
      isConfigured
      isReachable
      isSimulated
      hint
      models
      missing {
        purpose
        model
      }
    }
  }
`);

/** Whether the language model that writes prompts can be used, and what to do when it can't. */
export function LlmPanel() {
  const [result, refresh] = useQuery({ query: LlmQuery });
  return (
    <QueryPanel result={result} onRetry={refresh} loading={<Skeleton className="h-12" />}>
      {({ llmStatus: { isConfigured, isReachable, isSimulated, hint, models, missing } }) => (
        <div className="flex flex-col items-start gap-3">
          {!isConfigured ? (
            <Badge>
              <CircleOff aria-hidden />
              Not configured
            </Badge>
          ) : isReachable ? (
            <Badge tone={isSimulated ? "warn" : "good"}>
              <CircleCheck aria-hidden />
              {isSimulated ? "Simulated: what it writes is no model's" : "Answers"}
            </Badge>
          ) : (
            <Badge tone="bad">
              <CircleX aria-hidden />
              Does not answer
            </Badge>
          )}
          {hint && <p className="text-ink-2">{hint}</p>}
          <Facts
            facts={[
              ...(models.length > 0 ? [["Models", models.join(", ")] as const] : []),
              ...missing.map(({ purpose, model }) => [`Missing for ${purpose.toLowerCase()}`, model] as const),
            ]}
          />
          {isConfigured && <Button onClick={refresh}>Look again</Button>}
          <AdminsSystemPrompts />
        </div>
      )}
    </QueryPanel>
  );
}

/** Nothing for whoever may not change them. */
function AdminsSystemPrompts() {
  const [result, refresh] = useQuery({ query: SystemPromptsQuery });
  return (
    <QueryPanel result={result} onRetry={refresh} loading={<Skeleton className="h-40 w-full" />}>
      {({ viewer, systemPrompts }) => viewer.role === "ADMIN" && <SystemPrompts prompts={systemPrompts} />}
    </QueryPanel>
  );
}
