"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { SubmitJob } from "#features/generate/submit-operation.ts";
import type { SubmitJobInput } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { watchOwn } from "#lib/notifications/use-notifications.ts";
import { uniqueKey } from "#lib/unique-key.ts";

/**
 * Submits a job and says so. The same input sent again after a failure carries the same key, so that a lost answer
 * cannot queue it twice.
 */
export function useSubmit() {
  const router = useRouter();
  const action = useAction(SubmitJob);
  const attempt = useRef<{ content: string; key: string } | null>(null);
  const [sent, setSent] = useState("");
  const submit = async (input: SubmitJobInput) => {
    const content = JSON.stringify(input);
    setSent(content);
    if (attempt.current?.content !== content) attempt.current = { content, key: uniqueKey() };
    const payload = await action.run({ input: { ...input, idempotencyKey: attempt.current.key } });
    if (!payload?.job) return;
    attempt.current = null;
    const { id, name } = payload.job;
    watchOwn(payload.jobs.map((job) => job.id));
    const runCount = payload.jobs.reduce((sum, { counts }) => sum + counts.total, 0);
    const isSplit = payload.jobs.length > 1;
    toast.success(`Queued ${plural(runCount, "run")}${isSplit ? ` in ${plural(payload.jobs.length, "job")}` : ""}`, {
      description: name,
      action: isSplit
        ? { label: "Open queue", onClick: () => router.push("/") }
        : { label: "Open job", onClick: () => router.push(`/jobs/${encodeURIComponent(id)}`) },
    });
  };
  /** Why this very input was refused; a changed one has not been sent yet. */
  const failureOn = (input: SubmitJobInput): Failure | null =>
    action.failure && JSON.stringify(input) === sent ? action.failure : null;
  return { submit, isPending: action.isPending, failureOn };
}
