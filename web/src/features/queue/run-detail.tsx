"use client";

import { RunGraph } from "#features/queue/run-graph.tsx";
import { RunLog } from "#features/queue/run-log.tsx";
import { graphql } from "#gql/gql.ts";
import { formatSeconds, formatSpan } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { CopyableId, CopyButton } from "#ui/copy-button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Facts } from "#ui/facts.tsx";
import { PictureGrid } from "#ui/picture-grid.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const RunDetailQuery = graphql(`
  query RunDetail($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Run {
        comfyPromptId
        seed
        outputPrefix
        createdAt
        submittedAt
        startedAt
        finishedAt
        executionSecs
        inputAsset {
          id
          ...PictureFields
        }
        outputs {
          id
          ...PictureFields
        }
        resolvedPrompts {
          nodeId
          inputName
          slotLabel
          text
        }
      }
    }
  }
`);

/** Everything about one run that is worth a second look; its graph only when asked for. */
export function RunDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: RunDetailQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-10" />}>
      {({ node: run }) =>
        run?.__typename === "Run" && (
          <div className="flex flex-col gap-4">
            <Facts
              facts={[
                ["Run id", <CopyableId key="id" name="run id" value={run.id} />],
                [
                  "ComfyUI prompt id",
                  run.comfyPromptId && <CopyableId key="prompt" name="ComfyUI prompt id" value={run.comfyPromptId} />,
                ],
                [
                  "Seed",
                  run.seed != null && (
                    <span key="seed" className="inline-flex items-center gap-1">
                      {run.seed}
                      <CopyButton text={String(run.seed)} label="Copy seed" />
                    </span>
                  ),
                ],
                [
                  "Output prefix",
                  <code key="prefix" className="font-mono text-sm">
                    {run.outputPrefix}
                  </code>,
                ],
                ["Queued", <TimeAgo key="queued" at={run.createdAt} />],
                ["Waited", formatSpan(run.createdAt, run.submittedAt)],
                ["On the machine", run.executionSecs != null ? formatSeconds(run.executionSecs) : null],
                ["In all", formatSpan(run.createdAt, run.finishedAt)],
              ]}
            />
            {run.resolvedPrompts.length > 0 && (
              <Facts
                facts={run.resolvedPrompts.map((prompt) => [
                  prompt.slotLabel,
                  <span key={`${prompt.nodeId}.${prompt.inputName}`} className="whitespace-pre-wrap">
                    {prompt.text}
                  </span>,
                ])}
              />
            )}
            {run.inputAsset && (
              <section>
                <h3 className="mb-1 text-ink-3">Input</h3>
                <PictureGrid label="Input" pictures={[toPicture(run.inputAsset)]} />
              </section>
            )}
            {run.outputs.length > 0 && (
              <section>
                <h3 className="mb-1 text-ink-3">Outputs</h3>
                <PictureGrid label="Outputs" pictures={run.outputs.map((output) => toPicture(output))} />
              </section>
            )}
            <Disclosure title="Log">
              <ErrorBoundary name="The log">
                <RunLog id={run.id} />
              </ErrorBoundary>
            </Disclosure>
            <Disclosure title="Graph as it was sent">
              <RunGraph id={run.id} />
            </Disclosure>
          </div>
        )
      }
    </QueryPanel>
  );
}
