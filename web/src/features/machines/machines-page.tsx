"use client";

import { Plus, Server } from "lucide-react";
import { useState } from "react";
import { MachineDialog } from "#features/machines/machine-dialog.tsx";
import { MachineRow } from "#features/machines/machine-row.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { usePoll } from "#lib/hooks/use-poll.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const MachinesQuery = graphql(`
  query Machines {
    machines {
      id
      isSimulator
      ...MachineRow
    }
  }
`);

/** Every ComfyUI server, its health read again every few seconds. */
export function MachinesPage() {
  const [result, refresh] = useQuery({ query: MachinesQuery });
  const [isAdding, setIsAdding] = useState(false);
  usePoll(refresh, 5_000);
  const add = (
    <Button variant="primary" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      Add machine
    </Button>
  );
  return (
    <>
      <PageHeader title="Machines" actions={add} />
      <QueryPanel result={result} onRetry={refresh} loading={<SkeletonRows count={3} className="h-20" />}>
        {({ machines }) =>
          machines.length === 0 ? (
            <EmptyState icon={Server} title="No machine yet" actions={add}>
              A machine is a ComfyUI server. Give its address; Callsheet watches its health and sends it runs.
            </EmptyState>
          ) : (
            <>
              {machines.some((machine) => machine.isSimulator) && (
                <Notice tone="info" title="A simulator is at work">
                  It makes labelled placeholder pictures. Add a real ComfyUI server to render for real.
                </Notice>
              )}
              <ul className="divide-y">
                {machines.map((machine) => (
                  <MachineRow key={machine.id} machine={machine} />
                ))}
              </ul>
            </>
          )
        }
      </QueryPanel>
      {isAdding && <MachineDialog onClose={() => setIsAdding(false)} />}
    </>
  );
}
