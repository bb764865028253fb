"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { PresetRow } from "#features/settings/presets/preset-row.tsx";
import { AllPresetsQuery } from "#features/settings/presets/preset-operations.ts";
import { ResolutionDialog } from "#features/settings/presets/resolution-dialog.tsx";
import { ResolutionRow } from "#features/settings/presets/resolution-row.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** What people keep under a name for their next submissions. */
export function PresetsPanel() {
  const [result, retry] = useQuery({ query: AllPresetsQuery });
  const [isAdding, setIsAdding] = useState(false);
  return (
    <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={4} className="h-8" />}>
      {({ presets, resolutionPresets }) => {
        const kinds = [
          { title: "Prompts", list: presets.filter(({ kind }) => kind === "PROMPT") },
          { title: "Settings of a submission", list: presets.filter(({ kind }) => kind === "SETTINGS") },
        ];
        const own = resolutionPresets.filter(({ id }) => id);
        const builtIn = resolutionPresets.filter(({ id }) => !id);
        return (
          <div className="flex flex-col gap-6">
            {kinds.map(({ title, list }) => (
              <div key={title}>
                <h3 className="mb-1">{title}</h3>
                {list.length === 0 ? (
                  <p className="text-ink-2">
                    None yet. They are saved on{" "}
                    <Link href="/generate" className="text-accent-ink underline underline-offset-2">
                      Generate
                    </Link>
                    , beside the form; only you see them.
                  </p>
                ) : (
                  <ul className="divide-y">
                    {list.map((preset) => (
                      <PresetRow key={preset.id} preset={preset} />
                    ))}
                  </ul>
                )}
              </div>
            ))}
            <div>
              <div className="mb-1 flex items-center justify-between gap-2">
                <h3>Resolutions, for everybody</h3>
                <Button needs="CREATOR" size="sm" onClick={() => setIsAdding(true)}>
                  <Plus aria-hidden />
                  Add
                </Button>
              </div>
              {own.length > 0 && (
                <ul className="divide-y">
                  {own.map(({ id, ...resolution }) => (
                    <ResolutionRow key={id} resolution={{ id: id as string, ...resolution }} />
                  ))}
                </ul>
              )}
              <p className="py-1.5 text-ink-2">
                {`Built in: ${builtIn.map(({ name, width, height }) => `${name} (${width} × ${height})`).join(", ")}`}
              </p>
            </div>
            {isAdding && <ResolutionDialog onClose={() => setIsAdding(false)} />}
          </div>
        );
      }}
    </QueryPanel>
  );
}
