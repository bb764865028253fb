"use client";

import { useCallback, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useMutation } from "urql";
import { type Failure, failureIn, failureOf } from "#lib/graphql/failure.ts";

type Outcome<Data> = NonNullable<Data[keyof Data]>;
export type Payload<Data> = Extract<Outcome<Data>, { __typename: `${string}Payload` }>;

export interface Action<Data, Variables> {
  /** Gives the payload, or null when it failed; the reason is then in `failure`. */
  run: (variables: Variables) => Promise<Payload<Data> | null>;
  /** The same with the reason in the answer. */
  attempt: (variables: Variables) => Promise<{ payload: Payload<Data> | null; failure: Failure | null }>;
  isPending: boolean;
  failure: Failure | null;
  reset: () => void;
}

/** A mutation with one root field, its typed errors turned into one `failure`. */
export function useAction<Data extends object, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Action<Data, Variables> {
  const [{ fetching }, execute] = useMutation(document);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useCallback(
    async (variables: Variables) => {
      setFailure(null);
      const { data, error } = await execute(variables);
      const outcome = data && (Object.values(data)[0] as ({ __typename: string } & Outcome<Data>) | null);
      const failed = outcome ? failureIn(outcome) : error ? failureOf(error) : unknownFailure;
      setFailure(failed);
      return { payload: failed ? null : (outcome as unknown as Payload<Data>), failure: failed };
    },
    [execute],
  );
  const run = useCallback(async (variables: Variables) => (await attempt(variables)).payload, [attempt]);
  return { run, attempt, isPending: fetching, failure, reset: useCallback(() => setFailure(null), []) };
}

const unknownFailure: Failure = { code: "INTERNAL", message: "The server gave no result.", hint: null, issues: [] };
