"use client";

import { DeleteKeptPreset, RenameKeptPreset } from "#features/settings/presets/preset-operations.ts";
import { RowActions } from "#features/settings/presets/row-actions.tsx";
import type { AllPresetsQuery } from "#gql/graphql.ts";
import { categoryLabels } from "#lib/categories.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { showValue } from "#lib/show-value.ts";
import { Disclosure } from "#ui/disclosure.tsx";
import { Facts } from "#ui/facts.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

interface PresetRowProps {
  preset: AllPresetsQuery["presets"][number];
}

/** The values of a preset, those of `params` beside the others. */
function valuesOf(content: unknown): [name: string, value: string][] {
  if (content === null || typeof content !== "object") return [];
  return Object.entries(content).flatMap(([name, value]): [string, string][] =>
    name === "params" ? valuesOf(value) : [[name, showValue(value)]],
  );
}

/** A preset with what it holds, to be renamed and deleted. */
export function PresetRow({ preset }: PresetRowProps) {
  const { id, name, category, updatedAt, content, promptPreset } = preset;
  const rename = useAction(RenameKeptPreset);
  const remove = useAction(DeleteKeptPreset);
  return (
    <li className="flex items-start gap-2 py-1.5">
      <Disclosure
        className="min-w-0 grow"
        title={
          <span className="flex flex-wrap items-center gap-x-3 text-left">
            <span className="font-medium text-ink">{name}</span>
            <span className="text-ink-3">{categoryLabels[category]}</span>
            <span className="text-ink-3">
              <TimeAgo at={updatedAt} />
            </span>
          </span>
        }
      >
        <div className="ml-5">
          <Facts facts={[...valuesOf(content), ["Prompts", promptPreset?.name]]} />
        </div>
      </Disclosure>
      <RowActions
        id={id}
        name={name}
        rename={rename}
        remove={remove}
        deleteTitle={`Delete ${name}?`}
        deleteLabel="Delete preset"
        consequence="Jobs that were submitted with it stay as they are."
      />
    </li>
  );
}
