"use client";

import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";

interface QueryPanelProps<Data> {
  result: { data?: Data; error?: CombinedError };
  onRetry: () => void;
  loading: ReactNode;
  children: (data: Data) => ReactNode;
}

/** The three states of a query: loading, failed with a way to try again, or its data. Old data outlive a failure. */
export function QueryPanel<Data>({ result, onRetry, loading, children }: QueryPanelProps<Data>) {
  if (result.data) return children(result.data);
  if (result.error) return <FailureNotice failure={failureOf(result.error)} onRetry={onRetry} />;
  return loading;
}
