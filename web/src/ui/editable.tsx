"use client";

import { type ReactNode, use } from "react";
import { type Need, ReadOnlyContext, useRefused } from "#ui/access.ts";
import { Notice } from "#ui/notice.tsx";

/** Fields that only a role may write in: for others they are there to be read, and why is said above them. */
export function Editable({ needs, children }: { needs: Need; children: ReactNode }) {
  const refusal = useRefused(needs);
  // Once is enough: what is inside of an editor needs no notice of its own.
  const isInside = use(ReadOnlyContext);
  if (refusal === null || isInside) return children;
  return (
    <ReadOnlyContext value>
      <div className="mb-3">
        <Notice tone="info" title={refusal} />
      </div>
      {children}
    </ReadOnlyContext>
  );
}
