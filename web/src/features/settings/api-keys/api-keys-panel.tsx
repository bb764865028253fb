"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { ApiKeysQuery } from "#features/settings/api-keys/api-key-operations.ts";
import { ApiKeyRow } from "#features/settings/api-keys/api-key-row.tsx";
import { KeyDialog } from "#features/settings/api-keys/key-dialog.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** The viewer's own keys, for programs that ask in the viewer's name. */
export function ApiKeysPanel() {
  const [result, retry] = useQuery({ query: ApiKeysQuery });
  const [isCreating, setIsCreating] = useState(false);
  return (
    <div>
      <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <p className="flex items-center gap-2 text-ink-2">
          <KeyRound aria-hidden className="size-4 shrink-0 text-ink-3" />
          For the command line and other programs, which ask in your name.
        </p>
        <Button size="sm" onClick={() => setIsCreating(true)}>
          <Plus aria-hidden />
          New key
        </Button>
      </div>
      <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={2} className="h-10" />}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <p className="py-2 text-ink-2">You have none.</p>
          ) : (
            <ul aria-label="API keys" className="divide-y">
              {apiKeys.map((key) => (
                <ApiKeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
          )
        }
      </QueryPanel>
      {isCreating && <KeyDialog onClose={() => setIsCreating(false)} />}
    </div>
  );
}
