"use client";

import { CirclePause, CirclePlay, Ellipsis, KeyRound, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { DeleteWebhookDialog } from "#features/settings/webhooks/delete-webhook-dialog.tsx";
import { RotateDialog } from "#features/settings/webhooks/rotate-dialog.tsx";
import { WebhookDialog } from "#features/settings/webhooks/webhook-dialog.tsx";
import { UpdateWebhook } from "#features/settings/webhooks/webhook-operations.ts";
import type { WebhookRowFragment } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { toast } from "#ui/toast.tsx";

/** What else can be done to a webhook, behind one button. */
export function WebhookActions({ webhook }: { webhook: WebhookRowFragment }) {
  const { id, name, isEnabled } = webhook;
  const [dialog, setDialog] = useState<"edit" | "rotate" | "delete" | null>(null);
  const update = useAction(UpdateWebhook);
  const close = () => setDialog(null);
  const turn = async (next: boolean) => {
    const { failure } = await update.attempt({ input: { id, isEnabled: next } });
    if (failure) toast.error(failure.message);
    else toast.success(`${name} ${next ? "is told of what happens from now on" : "disabled"}`);
  };
  return (
    <>
      <DropdownMenu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<Pencil />} onSelect={() => setDialog("edit")}>
          Edit…
        </MenuItem>
        <MenuItem icon={<KeyRound />} onSelect={() => setDialog("rotate")}>
          New secret…
        </MenuItem>
        <MenuItem icon={isEnabled ? <CirclePause /> : <CirclePlay />} onSelect={() => void turn(!isEnabled)}>
          {isEnabled ? "Disable" : "Enable"}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} isDangerous onSelect={() => setDialog("delete")}>
          Delete…
        </MenuItem>
      </DropdownMenu>
      {dialog === "edit" && <WebhookDialog webhook={webhook} onClose={close} />}
      {dialog === "rotate" && <RotateDialog id={id} name={name} onClose={close} />}
      {dialog === "delete" && <DeleteWebhookDialog id={id} name={name} onClose={close} />}
    </>
  );
}
