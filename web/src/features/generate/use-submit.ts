"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { toast } from "sonner";
import { SubmitJob } from "#features/generate/submit-operation.ts";
import type { SubmitJobInput } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { uniqueKey } from "#lib/unique-key.ts";

/**
 * Submits a job and says so. The same input sent again after a failure carries the same key, so that a lost answer
 * cannot queue it twice.
 */
export function useSubmit() {
  const router = useRouter();
  const action = useAction(SubmitJob);
  const attempt = useRef<{ content: string; key: string } | null>(null);
  const submit = async (input: SubmitJobInput) => {
    const content = JSON.stringify(input);
    if (attempt.current?.content !== content) attempt.current = { content, key: uniqueKey() };
    const payload = await action.run({ input: { ...input, idempotencyKey: attempt.current.key } });
    if (!payload?.job) return;
    attempt.current = null;
    const { id, name, counts } = payload.job;
    toast.success(`Queued ${plural(counts.total, "run")}`, {
      description: name,
      action: { label: "Open job", onClick: () => router.push(`/jobs/${encodeURIComponent(id)}`) },
    });
  };
  return { submit, isPending: action.isPending, failure: action.failure };
}
