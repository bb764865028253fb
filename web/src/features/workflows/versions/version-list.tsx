"use client";

import { GitCompare } from "lucide-react";
import { useState } from "react";
import { VersionDiff } from "#features/workflows/versions/version-diff.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const VersionListFields = graphql(`
  fragment VersionList on Workflow {
    id
    currentVersion {
      id
    }
    versions(first: 200) {
      totalCount
      nodes {
        id
        number
        contentHash
        createdAt
      }
    }
  }
`);

const firstShown = 20;

/** All versions, and what changed between any two of them; which two is in the address. */
export function VersionList(props: { workflow: FragmentType<typeof VersionListFields> }) {
  const { versions, currentVersion } = readFragment(VersionListFields, props.workflow);
  const [from, setFrom] = useUrlParam("from");
  const [to, setTo] = useUrlParam("to");
  const [isLong, setIsLong] = useState(false);
  const { nodes, totalCount } = versions;
  const byNumber = (text: string) => nodes.find((version) => String(version.number) === text);
  const fromVersion = byNumber(from);
  const toVersion = byNumber(to);
  const options = nodes.map(({ number }) => ({ value: String(number), label: `Version ${number}` }));
  const shown = isLong ? nodes : nodes.slice(0, firstShown);
  const compare = (index: number) => {
    setFrom(String(nodes[index + 1]?.number ?? ""));
    setTo(String(nodes[index]?.number ?? ""));
  };
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Versions">
        <ul className="divide-y">
          {shown.map((version, index) => (
            <li key={version.id} className="flex min-h-10 flex-wrap items-center gap-x-3 py-1">
              <span className="font-medium">{`Version ${version.number}`}</span>
              {version.id === currentVersion.id && <Badge tone="good">Current</Badge>}
              <span className="text-ink-3">
                <TimeAgo at={version.createdAt} />
              </span>
              <span className="ml-auto max-w-40 max-sm:hidden">
                <CopyableId name="content hash" value={version.contentHash} />
              </span>
              {index < nodes.length - 1 && (
                <Button
                  size="sm"
                  variant="quiet"
                  className="max-sm:ml-auto"
                  aria-label={`Compare version ${version.number} with the one before`}
                  onClick={() => compare(index)}
                >
                  <GitCompare aria-hidden />
                  Compare
                </Button>
              )}
            </li>
          ))}
        </ul>
        {!isLong && nodes.length > firstShown && (
          <Button size="sm" variant="quiet" onClick={() => setIsLong(true)}>
            {`Show ${plural(nodes.length - firstShown, "older version")}`}
          </Button>
        )}
        {totalCount > nodes.length && (
          <p className="pt-2 text-ink-3">{`and ${plural(totalCount - nodes.length, "older version")}`}</p>
        )}
      </section>
      {nodes.length > 1 && (
        <section aria-label="Comparison" className="flex flex-col gap-4">
          <div className="flex flex-wrap items-end gap-3 border-t pt-4">
            <Field label="From" className="w-36">
              <Select value={from} onValueChange={setFrom} options={[{ value: "", label: "Choose…" }, ...options]} />
            </Field>
            <Field label="To" className="w-36">
              <Select value={to} onValueChange={setTo} options={[{ value: "", label: "Choose…" }, ...options]} />
            </Field>
          </div>
          {fromVersion && toVersion ? (
            fromVersion === toVersion ? (
              <p className="text-ink-2">These are the same version.</p>
            ) : (
              <VersionDiff fromId={fromVersion.id} toId={toVersion.id} />
            )
          ) : (
            <p className="text-ink-2">Choose two versions to see what changed from one to the other.</p>
          )}
        </section>
      )}
      {nodes.length === 1 && (
        <p className="text-ink-2">Import a changed graph under this name to get version 2, and compare them here.</p>
      )}
    </div>
  );
}
