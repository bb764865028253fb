"use client";

import { Plus, Server } from "lucide-react";
import { useState } from "react";
import { MachineDialog } from "#features/machines/machine-dialog.tsx";
import { MachineRow } from "#features/machines/machine-row.tsx";
import { PoolList } from "#features/machines/pool-list.tsx";
import { useSystemEvents } from "#features/machines/use-system-events.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
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
    pools {
      ...PoolItem
    }
  }
`);

/** Every ComfyUI server, live: how it is, what it does, and what waits for it. */
export function MachinesPage() {
  const [result, refresh] = useQuery({ query: MachinesQuery });
  const [isAdding, setIsAdding] = useState(false);
  const livePools = useSystemEvents(refresh);
  const add = (
    <Button variant="primary" needs="ADMIN" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      Add machine
    </Button>
  );
  return (
    <>
      <PageHeader title="Machines" actions={add} />
      <QueryPanel result={result} onRetry={refresh} loading={<SkeletonRows count={3} className="h-20" />}>
        {({ machines, pools }) =>
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
              <ul aria-label="Machines" className="mb-8 divide-y">
                {machines.map((machine) => (
                  <MachineRow key={machine.id} machine={machine} />
                ))}
              </ul>
              <PoolList pools={livePools ?? pools} />
            </>
          )
        }
      </QueryPanel>
      {isAdding && <MachineDialog onClose={() => setIsAdding(false)} />}
    </>
  );
}
