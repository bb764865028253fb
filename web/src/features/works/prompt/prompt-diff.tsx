"use client";

import { graphql } from "#gql/gql.ts";
import type { TextChangeKind } from "#gql/graphql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { showValue } from "#lib/show-value.ts";
import { Dialog } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const PromptDiffQuery = graphql(`
  query PromptDiff($fromId: ID!, $toId: ID!) {
    promptVersionDiff(fromId: $fromId, toId: $toId) {
      fields {
        field
        before
        after
      }
      template {
        kind
        text
      }
    }
  }
`);

interface Props {
  from: string;
  to: string;
  versions: readonly { id: string; number: number }[];
  onChange: (from: string, to: string) => void;
  onClose: () => void;
}

/** Two versions side by side: templates word by word, everything else field by field. */
export function PromptDiff({ from, to, versions, onChange, onClose }: Props) {
  const [result, refetch] = useQuery({ query: PromptDiffQuery, variables: { fromId: from, toId: to } });
  const options = versions.map(({ id, number }) => ({ value: id, label: `Version ${number}` }));
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Compare versions" className="max-w-5xl">
      <div className="mb-4 grid grid-cols-2 gap-6">
        <Field label="From">
          <Select value={from} onValueChange={(id) => onChange(id, to)} options={options} />
        </Field>
        <Field label="To">
          <Select value={to} onValueChange={(id) => onChange(from, id)} options={options} />
        </Field>
      </div>
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-16" />}>
        {({ promptVersionDiff: { fields, template } }) => (
          <div className="flex flex-col gap-4">
            {fields.length > 0 && (
              <ul aria-label="Changed fields" className="divide-y border-y">
                {fields.map(({ field, before, after }) => (
                  <li key={field} className="grid grid-cols-2 gap-x-6 py-2">
                    <span className="col-span-2 font-mono text-sm text-ink-3">{field}</span>
                    <span className="min-w-0 break-words">
                      {before == null ? (
                        <span className="text-ink-3">not there</span>
                      ) : (
                        <del className="rounded-sm bg-bad-soft text-bad">{showValue(before)}</del>
                      )}
                    </span>
                    <span className="min-w-0 break-words">
                      {after == null ? (
                        <span className="text-ink-3">not there</span>
                      ) : (
                        <ins className="rounded-sm bg-good-soft text-good no-underline">{showValue(after)}</ins>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {template.every(({ kind }) => kind === "SAME") ? (
              <p className="text-ink-2">
                {fields.length > 0 ? "The templates are the same." : "The two say the same."}
              </p>
            ) : (
              <div className="grid grid-cols-2 gap-6">
                <Side label="Template before" changes={template} without="ADDED" />
                <Side label="Template after" changes={template} without="REMOVED" />
              </div>
            )}
          </div>
        )}
      </QueryPanel>
    </Dialog>
  );
}

interface SideProps {
  label: string;
  changes: readonly { kind: TextChangeKind; text: string }[];
  /** What only the other one has. */
  without: TextChangeKind;
}

function Side({ label, changes, without }: SideProps) {
  return (
    <p role="group" aria-label={label} className="min-w-0 font-mono text-sm break-words whitespace-pre-wrap">
      {changes.map(({ kind, text }, index) => {
        if (kind === without) return null;
        if (kind === "ADDED")
          return (
            <ins key={index} className="rounded-sm bg-good-soft text-good underline-offset-2">
              {text}
            </ins>
          );
        if (kind === "REMOVED")
          return (
            <del key={index} className="rounded-sm bg-bad-soft text-bad">
              {text}
            </del>
          );
        return <span key={index}>{text}</span>;
      })}
    </p>
  );
}
