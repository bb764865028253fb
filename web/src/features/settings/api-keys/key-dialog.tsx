"use client";

import { type FormEvent, useState } from "react";
import { CreateApiKey } from "#features/settings/api-keys/api-key-operations.ts";
import { scopes } from "#features/settings/api-keys/scopes.ts";
import type { ApiKeyScope } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SecretOnce } from "#ui/secret-once.tsx";
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
  const { run, isPending, failure } = useAction(CreateApiKey);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = life === "" ? null : new Date(Date.now() + Number(life) * dayMs).toISOString();
    const payload = await run({ input: { name: name.trim(), scope, expiresAt } });
    if (payload) setSecret(payload.secret);
  };
  const offered = scopes.filter(({ role }) => access?.may(role));
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={secret ? "Copy the key" : "New API key"}
      className="max-w-md"
    >
      {secret ? (
        <>
          <SecretOnce name="the key" secret={secret}>
            Keep it where only the program reads it. A request carries it as “Authorization: Bearer …”.
          </SecretOnce>
          <DialogActions>
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </>
      ) : (
        <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Name" help="What it is for" error={issueFor(failure, "name")}>
            <Input autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <div className="grid grid-cols-2 gap-3">
            <Field
              label="May"
              help={scopes.find((entry) => entry.scope === scope)?.what}
              error={issueFor(failure, "scope")}
            >
              <Select
                value={scope}
                options={offered.map((entry) => ({ value: entry.scope, label: entry.name }))}
                onValueChange={(next) => setScope(next as ApiKeyScope)}
              />
            </Field>
            <Field label="Expires" error={issueFor(failure, "expiresAt")}>
              <Select value={life} options={lives} onValueChange={setLife} />
            </Field>
          </div>
          <FailureNotice failure={failure} shownFields={shownFields} />
          <DialogActions>
            <Button variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" isPending={isPending}>
              Make the key
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
