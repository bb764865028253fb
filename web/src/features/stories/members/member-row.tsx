"use client";

import { UserMinus } from "lucide-react";
import { useState } from "react";
import { RemoveMember, SetMemberRole } from "#features/stories/members/member-operations.ts";
import type { Role } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { roleNames, roleOptions } from "#lib/roles.ts";
import { Badge } from "#ui/badge.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";

interface MemberRowProps {
  projectId: string;
  user: { id: string; name: string; email?: string | null; isDisabled: boolean };
  role: Role;
  mayManage: boolean;
}

export function MemberRow({ projectId, user, role, mayManage }: MemberRowProps) {
  const [isAsking, setIsAsking] = useState(false);
  const change = useAction(SetMemberRole);
  const remove = useAction(RemoveMember);
  const leave = async () => {
    if (await remove.run({ input: { projectId, userId: user.id } })) setIsAsking(false);
  };
  return (
    <li className="py-2">
      <div className="flex items-center gap-2">
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="min-w-0 break-words">{user.name}</span>
            {user.isDisabled && <Badge>Disabled</Badge>}
          </p>
          {user.email && <p className="truncate text-sm text-ink-3">{user.email}</p>}
        </div>
        {mayManage ? (
          <>
            <Select
              aria-label={`Role of ${user.name} in the project`}
              className="w-36 shrink-0"
              value={role}
              disabled={change.isPending}
              options={roleOptions}
              onValueChange={(next) => void change.run({ input: { projectId, userId: user.id, role: next as Role } })}
            />
            <IconButton label={`Remove ${user.name}`} icon={<UserMinus />} onClick={() => setIsAsking(true)} />
          </>
        ) : (
          <span className="text-ink-2">{roleNames[role]}</span>
        )}
      </div>
      <FailureNotice failure={change.failure} />
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Remove ${user.name}?`}
        confirmLabel="Remove member"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void leave()}
      >
        <p>The person does not see the project any more. What the person made in it stays.</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </li>
  );
}
