"use client";

import { Search, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { assetKinds } from "#features/settings/asset-kinds.ts";
import { CleanUp } from "#features/settings/retention/retention-operations.ts";
import type { CleanUpMutation } from "#gql/graphql.ts";
import { formatBytes, plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { type Payload, useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Table, Td, Th } from "#ui/table.tsx";

type Plan = Payload<CleanUpMutation>["plan"];

/** Looks what could go, and deletes it once somebody has agreed to exactly that. */
export function CleanUpNow() {
  const look = useAction(CleanUp);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const lookNow = async () => {
    const payload = await look.run({ input: { dryRun: true } });
    if (payload) setPlan(payload.plan);
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button isPending={look.isPending} onClick={() => void lookNow()}>
          {!look.isPending && <Search aria-hidden />}
          See what could go now
        </Button>
        {plan && (
          <span role="status">
            {plan.files === 0
              ? "Nothing: every file is still needed or young enough."
              : `${plural(plan.files, "file")}; ${formatBytes(plan.bytes)} would be free.`}
          </span>
        )}
        {plan && plan.files > 0 && (
          <Button variant="danger" onClick={() => setIsAsking(true)}>
            <Trash2 aria-hidden />
            {`Delete ${plural(plan.files, "file")}…`}
          </Button>
        )}
      </div>
      <FailureNotice failure={look.failure} onRetry={() => void lookNow()} />
      {plan && plan.files > 0 && <Candidates plan={plan} />}
      {plan && isAsking && (
        <AgreeDialog
          plan={plan}
          onClose={() => setIsAsking(false)}
          onDone={() => {
            setIsAsking(false);
            setPlan(null);
          }}
        />
      )}
    </div>
  );
}

function Candidates({ plan }: { plan: Plan }) {
  return (
    <div className="max-h-80 overflow-y-auto">
      <Table label="What could go now, the largest first">
        <thead>
          <tr>
            <Th>File</Th>
            <Th>Why</Th>
            <Th className="text-right">Size</Th>
          </tr>
        </thead>
        <tbody>
          {plan.largest.map(({ name, kind, reason, bytes }) => (
            <tr key={name}>
              <Td className="break-all">{name}</Td>
              <Td className="min-w-40 text-ink-2">{`${assetKinds[kind].name}: ${reason}`}</Td>
              <Td className="text-right whitespace-nowrap">{formatBytes(bytes)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {plan.largest.length < plan.files && (
        <p className="py-2 text-ink-3">{`and ${plural(plan.files - plan.largest.length, "smaller file")}`}</p>
      )}
    </div>
  );
}

function AgreeDialog({ plan, onClose, onDone }: { plan: Plan; onClose: () => void; onDone: () => void }) {
  const { run, isPending, failure } = useAction(CleanUp);
  const what = plural(plan.files, "file");
  const remove = async () => {
    const payload = await run({ input: { dryRun: false, expectedFiles: plan.files } });
    if (!payload?.cleanup) return;
    const { files, bytes, failures } = payload.cleanup;
    const done = `${plural(files, "file")} deleted, ${formatBytes(bytes)} free`;
    if (failures > 0) toast.warning(`${done}; ${plural(failures, "file")} could not be deleted`);
    else toast.success(done);
    onDone();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${what}?`}
      confirmLabel={`Delete ${what}, ${formatBytes(plan.bytes)}`}
      isDangerous
      isPending={isPending}
      onConfirm={() => void remove()}
    >
      <p>
        {`${formatBytes(plan.bytes)} will be free. The files can't be brought back; their names, sizes and hashes stay on record. Jobs and takes stay, without the pictures.`}
      </p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
