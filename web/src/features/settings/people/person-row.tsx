"use client";

import { Ban, Ellipsis, KeyRound, UserCheck } from "lucide-react";
import { useState } from "react";
import { DisableDialog } from "#features/settings/people/disable-dialog.tsx";
import { EnableUser, PersonFields, SetUserRole } from "#features/settings/people/people-operations.ts";
import { ResetDialog } from "#features/settings/people/reset-dialog.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import type { Role } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { roleNames, roleOptions } from "#lib/roles.ts";
import { Badge } from "#ui/badge.tsx";
import { DropdownMenu, MenuItem } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { toast } from "#ui/toast.tsx";

/** Somebody of the studio: the role, and whether the person may come in. */
export function PersonRow(props: { person: FragmentType<typeof PersonFields> }) {
  const { id, name, email, role, isDisabled } = readFragment(PersonFields, props.person);
  const isViewer = useAccess()?.viewer.id === id;
  const [dialog, setDialog] = useState<"reset" | "disable" | null>(null);
  const setRole = useAction(SetUserRole);
  const enable = useAction(EnableUser);
  const change = async (next: Role) => {
    if (await setRole.run({ input: { id, role: next } })) toast.success(`${name}: ${roleNames[next]}`);
  };
  const letIn = async () => {
    if (await enable.run({ input: { id } })) toast.success(`${name} may come in again`);
  };
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-40 grow basis-40 max-sm:basis-full">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="min-w-0 font-medium break-words">{name}</span>
            {isViewer && <span className="text-ink-3">you</span>}
            {isDisabled && (
              <Badge tone="bad">
                <Ban aria-hidden />
                Disabled
              </Badge>
            )}
          </p>
          <p className="text-sm break-all text-ink-3">{email ?? "Has no address: cannot sign in"}</p>
        </div>
        <Select
          aria-label={`Role of ${name}`}
          className="w-36"
          value={role}
          disabled={setRole.isPending}
          options={roleOptions}
          onValueChange={(next) => void change(next as Role)}
        />
        <DropdownMenu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
          <MenuItem icon={<KeyRound />} disabled={isDisabled || !email} onSelect={() => setDialog("reset")}>
            Link for a new password…
          </MenuItem>
          {isDisabled ? (
            <MenuItem icon={<UserCheck />} onSelect={() => void letIn()}>
              Let in again
            </MenuItem>
          ) : (
            <MenuItem icon={<Ban />} isDangerous disabled={isViewer} onSelect={() => setDialog("disable")}>
              {isViewer ? "Disable (not yourself)" : "Disable…"}
            </MenuItem>
          )}
        </DropdownMenu>
      </div>
      <FailureNotice failure={setRole.failure ?? enable.failure} />
      {dialog === "reset" && <ResetDialog id={id} name={name} onClose={() => setDialog(null)} />}
      {dialog === "disable" && <DisableDialog id={id} name={name} onClose={() => setDialog(null)} />}
    </li>
  );
}
