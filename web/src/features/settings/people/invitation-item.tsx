"use client";

import { CircleCheck, CircleOff, Clock, Hourglass, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { InvitationFields, RevokeInvitation } from "#features/settings/people/invitation-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import type { InvitationStatus } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { roleNames } from "#lib/roles.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const looks: Record<InvitationStatus, { tone: Tone; icon: LucideIcon; label: string }> = {
  OPEN: { tone: "calm", icon: Hourglass, label: "Pending" },
  USED: { tone: "good", icon: CircleCheck, label: "Accepted" },
  EXPIRED: { tone: "neutral", icon: Clock, label: "Expired" },
  REVOKED: { tone: "neutral", icon: CircleOff, label: "Ended" },
};

export function InvitationItem(props: { invitation: FragmentType<typeof InvitationFields> }) {
  const { id, email, role, status, createdAt, expiresAt, projects } = readFragment(InvitationFields, props.invitation);
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending, failure } = useAction(RevokeInvitation);
  const { tone, icon: Icon, label } = looks[status];
  const revoke = async () => {
    if (await run({ input: { id } })) setIsAsking(false);
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-40 grow basis-40">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="min-w-0 break-all">{email}</span>
          <Badge tone={tone}>
            <Icon aria-hidden />
            {label}
          </Badge>
        </p>
        <p className="text-sm text-ink-3">
          {[roleNames[role], ...projects.map((entry) => `${entry.project.name} (${roleNames[entry.role]})`)].join(", ")}
          {" · "}
          <TimeAgo at={createdAt} />
          {status === "OPEN" && ` · until ${new Date(expiresAt).toLocaleDateString()}`}
        </p>
      </div>
      {status === "OPEN" && (
        <Button size="sm" aria-label={`End the invitation of ${email}`} onClick={() => setIsAsking(true)}>
          End…
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`End the invitation of ${email}?`}
        confirmLabel="End invitation"
        isDangerous
        isPending={isPending}
        onConfirm={() => void revoke()}
      >
        <p>The link that was handed over stops working. You can invite the person again.</p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </li>
  );
}
