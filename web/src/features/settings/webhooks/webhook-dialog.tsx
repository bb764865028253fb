"use client";

import { useState } from "react";
import { EventChoice } from "#features/settings/webhooks/event-choice.tsx";
import { CreateWebhook, UpdateWebhook } from "#features/settings/webhooks/webhook-operations.ts";
import type { WebhookEvent, WebhookRowFragment } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { SecretDialog } from "#lib/graphql/secret-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { toast } from "#ui/toast.tsx";

const shownFields = ["name", "url", "events", "projectId"];

interface WebhookDialogProps {
  /** Left out for a new one. */
  webhook?: WebhookRowFragment;
  onClose: () => void;
}

/** Where to, and of what; a new one then shows its secret. */
export function WebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [events, setEvents] = useState<readonly WebhookEvent[]>(webhook?.events ?? ["JOB_ENDED"]);
  const [projectId, setProjectId] = useState(webhook?.project?.id ?? "");
  const [secret, setSecret] = useState<string | null>(null);
  const create = useAction(CreateWebhook);
  const update = useAction(UpdateWebhook);
  const action = webhook ? update : create;
  const submit = async () => {
    const fields = { name: name.trim(), url: url.trim(), events: [...events], projectId: projectId || null };
    if (!webhook) {
      const payload = await create.run({ input: fields });
      return payload && setSecret(payload.secret);
    }
    if (!(await update.run({ input: { id: webhook.id, ...fields } }))) return;
    toast.success(`${fields.name} saved`);
    onClose();
  };
  return (
    <SecretDialog
      title={webhook ? `Edit ${webhook.name}` : "New webhook"}
      submitLabel={webhook ? "Save" : "Add webhook"}
      className="max-w-lg"
      action={action}
      shownFields={shownFields}
      onSubmit={() => void submit()}
      onClose={onClose}
      made={secret === null ? null : { title: "Copy the secret", name: "the secret", secret, note: secretNote }}
    >
      <Field label="Name" error={issueFor(action.failure, "name")}>
        <Input autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Address" help="Gets a POST with JSON at each event" error={issueFor(action.failure, "url")}>
        <Input
          type="url"
          inputMode="url"
          placeholder="https://hooks.studio.example/callsheet"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <EventChoice chosen={events} onChange={setEvents} error={issueFor(action.failure, "events")} />
      <Field
        label="Project"
        help="Jobs, runs and takes of this project only; machines are of the whole studio"
        error={issueFor(action.failure, "projectId")}
      >
        <ProjectPicker none="All projects" value={projectId} onValueChange={setProjectId} />
      </Field>
    </SecretDialog>
  );
}

export const secretNote =
  "Give it to the program that receives: by it the program knows that a request comes from this studio.";
