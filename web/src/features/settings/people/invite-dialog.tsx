"use client";

import { type FormEvent, useState } from "react";
import { CreateInvitation } from "#features/settings/people/invitation-operations.ts";
import { type ChosenProject, InviteProjects } from "#features/settings/people/invite-projects.tsx";
import type { Role } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { roleMeanings, roleOptions } from "#lib/roles.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SecretOnce } from "#ui/secret-once.tsx";
import { Select } from "#ui/select.tsx";

const shownFields = ["email", "role", "expiresInDays"];
const days = [1, 7, 14, 30].map((count) => ({ value: String(count), label: count === 1 ? "1 day" : `${count} days` }));

/** Who is to come, as what and into which projects; then the link to hand over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("CREATOR");
  const [expiresInDays, setExpiresInDays] = useState("7");
  const [projects, setProjects] = useState<readonly ChosenProject[]>([]);
  const [url, setUrl] = useState<string | null>(null);
  const { run, isPending, failure } = useAction(CreateInvitation);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({
      input: {
        email: email.trim(),
        role,
        expiresInDays: Number(expiresInDays),
        projects: projects.filter(({ projectId }) => projectId !== ""),
      },
    });
    if (payload) setUrl(payload.url);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={url ? "Hand this link over" : "Invite somebody"}
      className="max-w-lg"
    >
      {url ? (
        <>
          <SecretOnce name="the link" secret={url}>
            {`Whoever opens it becomes ${email.trim()} of this studio, so send it to that person only. It works once.`}
          </SecretOnce>
          <DialogActions>
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </>
      ) : (
        <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="E-mail address" help="The person signs in with it" error={issueFor(failure, "email")}>
            <Input type="email" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
          </Field>
          <div className="grid grid-cols-2 gap-3">
            <Field label="Role" help={roleMeanings[role]} error={issueFor(failure, "role")}>
              <Select value={role} options={roleOptions} onValueChange={(next) => setRole(next as Role)} />
            </Field>
            <Field label="Link works for" error={issueFor(failure, "expiresInDays")}>
              <Select value={expiresInDays} options={days} onValueChange={setExpiresInDays} />
            </Field>
          </div>
          {role === "ADMIN" ? (
            <p className="text-ink-2">Administrators see every project.</p>
          ) : (
            <InviteProjects projects={projects} onChange={setProjects} />
          )}
          <FailureNotice failure={failure} shownFields={shownFields} />
          <DialogActions>
            <Button variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" isPending={isPending}>
              Make the link
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
