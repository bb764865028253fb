"use client";

import { GitCompare, Undo2 } from "lucide-react";
import { useState } from "react";
import { PromptDiff } from "#features/works/prompt/prompt-diff.tsx";
import { PromptVersionFacts } from "#features/works/prompt/prompt-version-facts.tsx";
import { RevertDialog } from "#features/works/prompt/revert-dialog.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const PromptHistoryFields = graphql(`
  fragment PromptHistory on WorkPrompt {
    id
    versions(first: 200) {
      totalCount
      nodes {
        id
        number
        model
        createdAt
        isLatest
        author {
          id
          name
        }
        ...PromptVersionFacts
      }
    }
  }
`);

const firstShown = 10;

/** All versions, the newest first: to be read, compared and taken up again. */
export function PromptHistory(props: { prompt: FragmentType<typeof PromptHistoryFields> }) {
  const { nodes, totalCount } = readFragment(PromptHistoryFields, props.prompt).versions;
  const [compared, setCompared] = useState<{ from: string; to: string } | null>(null);
  const [reverted, setReverted] = useState<{ id: string; number: number } | null>(null);
  const [isLong, setIsLong] = useState(false);
  const shown = isLong ? nodes : nodes.slice(0, firstShown);
  return (
    <>
      <ul aria-label="Versions" className="divide-y">
        {shown.map((version, index) => {
          const older = nodes[index + 1];
          return (
            <li key={version.id} className="py-1">
              <div className="flex flex-wrap items-center justify-end gap-x-3">
                <Disclosure
                  className="min-w-0 grow basis-52"
                  title={
                    <span className="flex flex-wrap items-center gap-x-2 text-left">
                      <span className="font-medium text-ink">{`Version ${version.number}`}</span>
                      {version.isLatest && <Badge tone="good">Holds</Badge>}
                      <span>{version.author.name}</span>
                      <TimeAgo at={version.createdAt} />
                    </span>
                  }
                >
                  <PromptVersionFacts version={version} />
                </Disclosure>
                <span className="flex items-center self-start">
                  {older && (
                    <Button
                      size="sm"
                      variant="quiet"
                      aria-label={`Compare version ${version.number} with the one before`}
                      onClick={() => setCompared({ from: older.id, to: version.id })}
                    >
                      <GitCompare aria-hidden />
                      Compare
                    </Button>
                  )}
                  {!version.isLatest && (
                    <Button
                      needs="CREATOR"
                      size="sm"
                      variant="quiet"
                      aria-label={`Revert to version ${version.number}`}
                      onClick={() => setReverted(version)}
                    >
                      <Undo2 aria-hidden />
                      Revert
                    </Button>
                  )}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
      {!isLong && nodes.length > firstShown && (
        <Button size="sm" variant="quiet" onClick={() => setIsLong(true)}>
          {`Show ${plural(nodes.length - firstShown, "older version")}`}
        </Button>
      )}
      {isLong && totalCount > nodes.length && (
        <p className="pt-2 text-ink-3">{`and ${plural(totalCount - nodes.length, "older version")}`}</p>
      )}
      {compared && (
        <PromptDiff
          {...compared}
          versions={nodes}
          onChange={(from, to) => setCompared({ from, to })}
          onClose={() => setCompared(null)}
        />
      )}
      {reverted && (
        <RevertDialog version={reverted} nextNumber={(nodes[0]?.number ?? 0) + 1} onClose={() => setReverted(null)} />
      )}
    </>
  );
}
