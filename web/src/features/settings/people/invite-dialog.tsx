"use client";

import { useState } from "react";
import { CreateInvitation } from "#features/settings/people/invitation-operations.ts";
import { type ChosenProject, InviteProjects } from "#features/settings/people/invite-projects.tsx";
import type { Role } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { SecretDialog } from "#lib/graphql/secret-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { roleMeanings, roleOptions } from "#lib/roles.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
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
  const action = useAction(CreateInvitation);
  const submit = async () => {
    const payload = await action.run({
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
    <SecretDialog
      title="Invite somebody"
      submitLabel="Make the link"
      className="max-w-lg"
      action={action}
      shownFields={shownFields}
      onSubmit={() => void submit()}
      onClose={onClose}
      made={
        url === null
          ? null
          : {
              title: "Hand this link over",
              name: "the link",
              secret: url,
              note: `Whoever opens it becomes ${email.trim()} of this studio, so send it to that person only. It works once.`,
            }
      }
    >
      <Field label="E-mail address" help="The person signs in with it" error={issueFor(action.failure, "email")}>
        <Input type="email" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Role" help={roleMeanings[role]} error={issueFor(action.failure, "role")}>
          <Select value={role} options={roleOptions} onValueChange={(next) => setRole(next as Role)} />
        </Field>
        <Field label="Link works for" error={issueFor(action.failure, "expiresInDays")}>
          <Select value={expiresInDays} options={days} onValueChange={setExpiresInDays} />
        </Field>
      </div>
      {role === "ADMIN" ? (
        <p className="text-ink-2">Administrators see every project.</p>
      ) : (
        <InviteProjects studioRole={role} projects={projects} onChange={setProjects} />
      )}
    </SecretDialog>
  );
}
