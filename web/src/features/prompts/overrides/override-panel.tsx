"use client";

import { Clapperboard } from "lucide-react";
import { useState } from "react";
import { OverrideEditor } from "#features/prompts/overrides/override-editor.tsx";
import { ScopeSwitch } from "#features/prompts/overrides/scope-switch.tsx";
import { type OverrideTargets, targetOf } from "#features/prompts/overrides/scopes.ts";
import { TakeDialog } from "#features/prompts/overrides/take-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import type { OverrideScope } from "#gql/graphql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const OverridePanelQuery = graphql(`
  query OverridePanel($sceneTypeId: ID!, $scope: OverrideScope!, $targetId: ID!) {
    sceneType(id: $sceneTypeId) {
      id
      workflow {
        id
        inputKind
      }
      effectiveDefaults(clipPosition: FULL_CLIP) {
        slot {
          id
          sortOrder
          ...OverrideField
        }
      }
    }
    promptOverrides(sceneTypeId: $sceneTypeId, scope: $scope, targetId: $targetId) {
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
        fragment {
          id
          text
        }
      }
    }
  }
`);

const help: Record<OverrideScope, string> = {
  PROJECT: "Holds for every character of the project.",
  GROUP: "Holds for every character of the group.",
  CHARACTER: "Holds for this character alone.",
};

interface Props {
  sceneTypeId: string;
  targets: OverrideTargets;
}

/** What the project, the group or the character changes in a scene type's prompts. */
export function OverridePanel({ sceneTypeId, targets }: Props) {
  const [chosen, setChosen] = useUrlParam("scope");
  const [isGenerating, setIsGenerating] = useState(false);
  const wanted = chosen === "PROJECT" || chosen === "GROUP" ? chosen : "CHARACTER";
  const scope: OverrideScope = targetOf(targets, wanted) ? wanted : "CHARACTER";
  const targetId = targetOf(targets, scope)?.id ?? targets.character.id;
  const [result, refetch] = useQuery({ query: OverridePanelQuery, variables: { sceneTypeId, scope, targetId } });
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <ScopeSwitch
          scope={scope}
          targets={targets}
          onScopeChange={(next) => mayLeave() && setChosen(next === "CHARACTER" ? "" : next)}
        />
        <p className="min-w-48 grow text-ink-2">{help[scope]}</p>
        <Button needs="CREATOR" onClick={() => setIsGenerating(true)}>
          <Clapperboard aria-hidden />
          Generate a take
        </Button>
      </div>
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-32" />}>
        {({ sceneType, promptOverrides }) =>
          sceneType && (
            <>
              <OverrideEditor
                key={`${scope} ${targetId}`}
                sceneTypeId={sceneTypeId}
                scope={scope}
                targets={targets}
                slots={sceneType.effectiveDefaults.map(({ slot }) => slot)}
                overrides={promptOverrides}
              />
              {isGenerating && (
                <TakeDialog
                  sceneTypeId={sceneTypeId}
                  characterId={targets.character.id}
                  inputKind={sceneType.workflow.inputKind}
                  onClose={() => setIsGenerating(false)}
                />
              )}
            </>
          )
        }
      </QueryPanel>
    </>
  );
}
