"use client";

import { Clapperboard } from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { OverrideEditor } from "#features/prompts/overrides/override-editor.tsx";
import { TakeDialog } from "#features/prompts/overrides/take-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const OverridePanelQuery = graphql(`
  query OverridePanel($sceneTypeId: ID!, $characterId: ID!) {
    sceneType(id: $sceneTypeId) {
      id
      workflow {
        id
        inputKind
        promptSlots {
          id
          label
          sortOrder
          ...OverrideField
        }
      }
    }
    promptOverrides(sceneTypeId: $sceneTypeId, scope: CHARACTER, targetId: $characterId) {
      id
      text
      notes
      slot {
        id
      }
      fragments {
        type
        text
        fragmentId
        isStale
      }
    }
  }
`);

interface Props {
  sceneTypeId: string;
  characterId: string;
}

export function OverridePanel({ sceneTypeId, characterId }: Props) {
  const [result, refetch] = useQuery({ query: OverridePanelQuery, variables: { sceneTypeId, characterId } });
  const [isGenerating, setIsGenerating] = useState(false);
  return (
    <QueryPanel
      result={result}
      onRetry={() => refetch({ requestPolicy: "network-only" })}
      loading={<SkeletonRows count={3} className="h-32" />}
    >
      {({ sceneType, promptOverrides }) =>
        sceneType && (
          <>
            <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
              <p className="max-w-2xl text-ink-2">
                What this character changes in the scene type's prompts. Empty means: as the scene type says.
              </p>
              <Button onClick={() => setIsGenerating(true)}>
                <Clapperboard aria-hidden />
                Generate a take
              </Button>
            </div>
            <OverrideEditor
              sceneTypeId={sceneTypeId}
              characterId={characterId}
              slots={sceneType.workflow.promptSlots}
              overrides={promptOverrides}
            />
            {isGenerating && (
              <TakeDialog
                sceneTypeId={sceneTypeId}
                characterId={characterId}
                inputKind={sceneType.workflow.inputKind}
                onClose={() => setIsGenerating(false)}
              />
            )}
          </>
        )
      }
    </QueryPanel>
  );
}
