"use client";

import { useState } from "react";
import { graphql } from "#gql/gql.ts";
import { formatBytes } from "#lib/format.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Field } from "#ui/field.tsx";
import { Notice } from "#ui/notice.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton, SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const ImportMachines = graphql(`
  query ImportMachines {
    machines {
      id
      name
      isEnabled
      isReachable
    }
  }
`);

const SavedWorkflows = graphql(`
  query SavedWorkflows($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Machine {
        name
        savedWorkflows {
          name
          bytes
          modifiedAt
        }
      }
    }
  }
`);

export interface MachineFile {
  machineId: string;
  file: string;
}

interface MachineFilesProps {
  value: MachineFile | null;
  onValueChange: (file: MachineFile) => void;
}

/** Workflows that people saved on a machine: choose the machine, then the file. */
export function MachineFiles({ value, onValueChange }: MachineFilesProps) {
  const [{ data, error }, refetch] = useQuery({ query: ImportMachines });
  const [chosen, setChosen] = useState("");
  if (!data) {
    return error ? <FailureNotice failure={failureOf(error)} onRetry={refetch} /> : <Skeleton className="h-14" />;
  }
  const machines = data.machines.filter((machine) => machine.isEnabled);
  const machineId = chosen || (machines.find((machine) => machine.isReachable) ?? machines[0])?.id;
  if (!machineId) return <Notice tone="info" title="There is no machine to take a workflow from." />;
  return (
    <>
      <Field label="Machine">
        <Select
          value={machineId}
          onValueChange={setChosen}
          options={machines.map(({ id, name, isReachable }) => ({
            value: id,
            label: isReachable ? name : `${name} (does not answer)`,
          }))}
        />
      </Field>
      <FileChoice key={machineId} machineId={machineId} value={value} onValueChange={onValueChange} />
    </>
  );
}

const searchFrom = 8;

function FileChoice({ machineId, value, onValueChange }: MachineFilesProps & { machineId: string }) {
  const [{ data, error, fetching }, refetch] = useQuery({
    query: SavedWorkflows,
    variables: { id: machineId },
    requestPolicy: "network-only",
  });
  const [search, setSearch] = useState("");
  const machine = data?.node?.__typename === "Machine" ? data.node : null;
  const files = machine?.savedWorkflows;
  if (!files) {
    if (error && !fetching) {
      return <FailureNotice failure={failureOf(error)} onRetry={refetch} />;
    }
    return <SkeletonRows count={3} className="h-9" />;
  }
  if (files.length === 0) {
    return (
      <Notice tone="info" title={`Nobody has saved a workflow on ${machine.name} yet.`}>
        In ComfyUI: Workflow, Save.
      </Notice>
    );
  }
  const shown = files.filter((file) => file.name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium text-ink-2">Saved workflow</legend>
      {files.length > searchFrom && <SearchInput label="Search files" value={search} onValueChange={setSearch} />}
      <div className="max-h-56 divide-y overflow-y-auto rounded-md border">
        {shown.map((file) => (
          <label
            key={file.name}
            className="flex min-h-9 cursor-pointer items-center gap-2 px-2 hover:bg-hover has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="machine-file"
              className="accent-accent outline-none"
              checked={value?.machineId === machineId && value.file === file.name}
              onChange={() => onValueChange({ machineId, file: file.name })}
            />
            <span className="min-w-0 grow truncate">{file.name}</span>
            {file.bytes != null && <span className="text-sm text-ink-3">{formatBytes(file.bytes)}</span>}
            {file.modifiedAt && (
              <span className="text-sm text-ink-3 max-sm:hidden">
                <TimeAgo at={file.modifiedAt} />
              </span>
            )}
          </label>
        ))}
        {shown.length === 0 && <p className="px-2 py-2 text-ink-2">No file has that in its name.</p>}
      </div>
    </fieldset>
  );
}
