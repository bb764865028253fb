"use client";

import { type FormEvent, useState } from "react";
import { AddMember } from "#features/stories/members/member-operations.ts";
import type { Role } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { roleOptions } from "#lib/roles.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

const shownFields = ["email", "role"];

/** Adds somebody of the studio by the address, which a project's administrator may not look up. */
export function AddMemberForm({ projectId }: { projectId: string }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("CREATOR");
  const { run, isPending, failure } = useAction(AddMember);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await run({ input: { projectId, email: email.trim(), role } })) setEmail("");
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-3 border-t pt-3">
      <div className="flex flex-wrap items-start gap-2">
        <Field
          label="E-mail address"
          help="Of somebody who is of the studio already"
          className="min-w-52 grow"
          error={issueFor(failure, "email")}
        >
          <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </Field>
        <Field label="Role in the project" className="w-36" error={issueFor(failure, "role")}>
          <Select value={role} options={roleOptions} onValueChange={(next) => setRole(next as Role)} />
        </Field>
      </div>
      <FailureNotice failure={failure} shownFields={shownFields} />
      <Button type="submit" className="self-end" disabled={email.trim() === ""} isPending={isPending}>
        Add member
      </Button>
    </form>
  );
}
