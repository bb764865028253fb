"use client";

import { useState } from "react";
import type { AnyVariables, TypedDocumentNode } from "urql";
import { type Payload, useAction } from "#lib/graphql/use-action.ts";
import type { Failure } from "#lib/graphql/failure.ts";

export interface EachAction<Data, Variables> {
  /** Runs the mutation for each, one after the other, and goes on after a refusal. Gives the payloads. */
  run: (each: readonly Variables[]) => Promise<Payload<Data>[]>;
  isPending: boolean;
  /** Why the last refused one was. */
  failure: Failure | null;
  /** How many were refused the last time. */
  refused: number;
}

/** A mutation for several things at once. */
export function useEachAction<Data extends object, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): EachAction<Data, Variables> {
  const action = useAction(document);
  const [refused, setRefused] = useState(0);
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (each: readonly Variables[]) => {
    setIsPending(true);
    setRefused(0);
    setFailure(null);
    const payloads: Payload<Data>[] = [];
    for (const variables of each) {
      const { payload, failure: why } = await action.attempt(variables);
      if (payload) payloads.push(payload);
      if (why) {
        setFailure(why);
        setRefused((before) => before + 1);
      }
    }
    setIsPending(false);
    return payloads;
  };
  return { run, isPending, failure, refused };
}
