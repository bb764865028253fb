"use client";

import { useState } from "react";
import { CreateApiKey } from "#features/settings/api-keys/api-key-operations.ts";
import { scopes } from "#features/settings/api-keys/scopes.ts";
import type { ApiKeyScope } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { SecretDialog } from "#lib/graphql/secret-dialog.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

const shownFields = ["name", "scope", "expiresAt"];
const dayMs = 86_400_000;
const lives = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "", label: "Never" },
];

/** A new key; then the key itself, to be copied. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const access = useAccess();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<ApiKeyScope>("READ");
  const [life, setLife] = useState("90");
  const [secret, setSecret] = useState<string | null>(null);
  const action = useAction(CreateApiKey);
  const submit = async () => {
    const expiresAt = life === "" ? null : new Date(Date.now() + Number(life) * dayMs).toISOString();
    const payload = await action.run({ input: { name: name.trim(), scope, expiresAt } });
    if (payload) setSecret(payload.secret);
  };
  const offered = scopes.filter(({ role }) => access?.may(role));
  return (
    <SecretDialog
      title="New API key"
      submitLabel="Make the key"
      action={action}
      shownFields={shownFields}
      onSubmit={() => void submit()}
      onClose={onClose}
      made={
        secret === null
          ? null
          : {
              title: "Copy the key",
              name: "the key",
              secret,
              note: "Keep it where only the program reads it. A request carries it as “Authorization: Bearer …”.",
            }
      }
    >
      <Field label="Name" help="What it is for" error={issueFor(action.failure, "name")}>
        <Input autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="May"
          help={scopes.find((entry) => entry.scope === scope)?.what}
          error={issueFor(action.failure, "scope")}
        >
          <Select
            value={scope}
            options={offered.map((entry) => ({ value: entry.scope, label: entry.name }))}
            onValueChange={(next) => setScope(next as ApiKeyScope)}
          />
        </Field>
        <Field label="Expires" error={issueFor(action.failure, "expiresAt")}>
          <Select value={life} options={lives} onValueChange={setLife} />
        </Field>
      </div>
    </SecretDialog>
  );
}
