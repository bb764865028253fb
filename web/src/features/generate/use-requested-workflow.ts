"use client";

import { useCallback, useState } from "react";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";

/**
 * The workflow that a link asks for; afterwards the address follows what is open. The router tells of a changed address
 * later than it was changed, so one that this page wrote itself is never taken for a link.
 */
export function useRequestedWorkflow() {
  const [address, setAddress] = useUrlParam("workflow");
  const [seen, setSeen] = useState(address);
  const [written, setWritten] = useState(address);
  const [requested, setRequested] = useState(address || null);
  if (address !== seen) {
    setSeen(address);
    if (address && address !== written) setRequested(address);
  }
  /** The request is fulfilled, or a person has moved on. */
  const settle = useCallback(() => setRequested(null), []);
  const follow = useCallback(
    (workflowId: string) => {
      setWritten(workflowId);
      setAddress(workflowId);
    },
    [setAddress],
  );
  return { requested, settle, follow };
}
