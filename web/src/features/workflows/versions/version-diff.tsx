"use client";

import type { ReactNode } from "react";
import { ChangeBadge } from "#features/workflows/versions/change-badge.tsx";
import { ValueDiff } from "#features/workflows/versions/value-diff.tsx";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";

const VersionDiffQuery = graphql(`
  query WorkflowVersionDiff($fromId: ID!, $toId: ID!) {
    workflowVersionDiff(fromId: $fromId, toId: $toId) {
      nodes {
        nodeId
        classType
        title
        kind
        inputs {
          name
          before
          after
        }
      }
      slots {
        kind
        beforeText
        afterText
        slot {
          id
          label
          nodeId
          inputName
        }
      }
      parameters {
        key
        label
        kind
        changes {
          name
          before
          after
        }
      }
    }
  }
`);

/** What changed from one version to another: prompts first, since they are what people know. */
export function VersionDiff({ fromId, toId }: { fromId: string; toId: string }) {
  const [result, refetch] = useQuery({ query: VersionDiffQuery, variables: { fromId, toId } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-14" />}>
      {({ workflowVersionDiff: { nodes, slots, parameters } }) =>
        nodes.length + slots.length + parameters.length === 0 ? (
          <p className="text-ink-2">Nothing that matters differs.</p>
        ) : (
          <div className="flex flex-col gap-6">
            <Changes title={plural(slots.length, "prompt slot")} isEmpty={slots.length === 0}>
              {slots.map(({ slot, kind, beforeText, afterText }) => (
                <Change
                  key={slot.id}
                  kind={kind}
                  name={slot.label}
                  place={`${slot.nodeId}.${slot.inputName}`}
                  values={[{ name: "text", before: beforeText, after: afterText }]}
                />
              ))}
            </Changes>
            <Changes title={plural(nodes.length, "node")} isEmpty={nodes.length === 0}>
              {nodes.map(({ nodeId, title, classType, kind, inputs }) => (
                <Change
                  key={nodeId}
                  kind={kind}
                  name={title ?? classType}
                  place={title && title !== classType ? `${nodeId} ${classType}` : nodeId}
                  values={inputs}
                />
              ))}
            </Changes>
            <Changes title={plural(parameters.length, "parameter")} isEmpty={parameters.length === 0}>
              {parameters.map(({ key, label, kind, changes }) => (
                <Change key={key} kind={kind} name={label} place={key} values={changes} />
              ))}
            </Changes>
          </div>
        )
      }
    </QueryPanel>
  );
}

function Changes({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return null;
  return (
    <section>
      <h3 className="mb-1 font-medium text-ink-2">{title}</h3>
      <ul className="divide-y border-y">{children}</ul>
    </section>
  );
}

interface ChangeProps {
  kind: "ADDED" | "REMOVED" | "CHANGED";
  name: string;
  place: string;
  values: readonly { name: string; before?: unknown; after?: unknown }[];
}

function Change({ kind, name, place, values }: ChangeProps) {
  return (
    <li className="py-2">
      <p className="flex flex-wrap items-center gap-2">
        <ChangeBadge kind={kind} />
        <span className="font-medium break-words">{name}</span>
        <code className="font-mono text-sm break-all text-ink-3">{place}</code>
      </p>
      {values.length > 0 && (
        <dl className="mt-1 grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 sm:pl-2">
          {values.map((value) => (
            <div key={value.name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="font-mono text-sm break-all text-ink-3">{value.name}</dt>
              <dd className="min-w-0">
                <ValueDiff before={value.before} after={value.after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
