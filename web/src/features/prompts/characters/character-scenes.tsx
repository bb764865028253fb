"use client";

import { Clapperboard } from "lucide-react";
import Link from "next/link";
import { OverridePanel } from "#features/prompts/overrides/override-panel.tsx";
import type { OverrideTargets } from "#features/prompts/overrides/scopes.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { useUrlChoice } from "#lib/hooks/use-url-choice.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Panel } from "#ui/panel.tsx";
import { Select } from "#ui/select.tsx";

interface Props {
  sceneTypes: readonly { id: string; name: string }[];
  targets: OverrideTargets;
}

/** What a character changes in the prompts of the scene type that is chosen. */
export function CharacterScenes({ sceneTypes, targets }: Props) {
  const [sceneType, choose] = useUrlChoice("scene", sceneTypes);
  if (!sceneType) {
    return (
      <EmptyState
        icon={Clapperboard}
        title="No scene type yet"
        actions={
          <Button asChild variant="primary">
            <Link href="/scene-types">Create a scene type</Link>
          </Button>
        }
      >
        With one, you can adjust its prompts for this character and generate takes.
      </EmptyState>
    );
  }
  return (
    <Panel
      title="In the scene type"
      actions={
        <Select
          aria-label="Scene type"
          className="mb-1 w-60 max-sm:w-40"
          value={sceneType.id}
          onValueChange={(next) => mayLeave() && choose(next)}
          options={sceneTypes.map((each) => ({ value: each.id, label: each.name }))}
        />
      }
    >
      <ErrorBoundary name="The overrides">
        <OverridePanel key={sceneType.id} sceneTypeId={sceneType.id} targets={targets} />
      </ErrorBoundary>
    </Panel>
  );
}
