"use client";

import { PresetControl, type PresetTarget } from "#features/generate/presets/preset-control.tsx";
import { PresetsQuery } from "#features/generate/presets/preset-operations.ts";
import type { WorkflowCategory } from "#gql/graphql.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";

interface PresetBarProps extends PresetTarget {
  category: WorkflowCategory;
}

/** A person's own prompts and settings for workflows of this category. */
export function PresetBar({ category, ...target }: PresetBarProps) {
  const [{ data, error }, refetch] = useQuery({
    query: PresetsQuery,
    variables: { category },
  });
  if (error && !data) return <FailureNotice failure={failureOf(error)} onRetry={refetch} />;
  const presets = data?.presets ?? [];
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      {(["PROMPT", "SETTINGS"] as const).map((kind) => (
        <PresetControl
          key={kind}
          kind={kind}
          category={category}
          presets={presets.filter((preset) => preset.kind === kind)}
          prompts={presets.filter((preset) => preset.kind === "PROMPT")}
          {...target}
        />
      ))}
    </div>
  );
}
