"use client";

import { ToggleGroup } from "radix-ui";
import { type OverrideTargets, scopeLabels, scopes, targetOf } from "#features/prompts/overrides/scopes.ts";
import type { OverrideScope } from "#gql/graphql.ts";

interface Props {
  scope: OverrideScope;
  targets: OverrideTargets;
  onScopeChange: (scope: OverrideScope) => void;
}

/** For whom what is written holds. */
export function ScopeSwitch({ scope, targets, onScopeChange }: Props) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Overrides for"
      value={scope}
      onValueChange={(next) => next && onScopeChange(next as OverrideScope)}
      className="flex max-w-full rounded-md border border-field-line p-0.5"
    >
      {scopes.map((each) => {
        const target = targetOf(targets, each);
        return (
          <ToggleGroup.Item
            key={each}
            value={each}
            disabled={!target}
            title={target ? target.name : "This character is in no group"}
            className="flex h-7 min-w-0 items-center gap-1.5 rounded-sm px-2.5 text-ink-2 transition-colors hover:text-ink disabled:text-ink-3 disabled:hover:text-ink-3 data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent-ink"
          >
            {scopeLabels[each]}
            <span className="truncate text-sm font-normal max-sm:sr-only">{target?.name ?? "none"}</span>
          </ToggleGroup.Item>
        );
      })}
    </ToggleGroup.Root>
  );
}
