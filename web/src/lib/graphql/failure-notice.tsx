"use client";

import { useEffect, useRef } from "react";
import { plural } from "#lib/format.ts";
import { type Failure, issuesOutside, pathOf } from "#lib/graphql/failure.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

interface FailureNoticeProps {
  failure: Failure | null;
  /** Dotted paths that fields of the form show themselves. */
  shownFields?: readonly string[];
  onRetry?: () => void;
}

/** What went wrong, with the named places that no field shows. The first field with an error gets the focus. */
export function FailureNotice({ failure, shownFields = [], onRetry }: FailureNoticeProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) ref.current?.closest("form")?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure]);
  if (!failure) return null;
  const elsewhere = issuesOutside(failure, shownFields);
  const atFields = failure.issues.length - elsewhere.length;
  const title =
    atFields > 0 && elsewhere.length === 0 ? `${plural(atFields, "field")} to put right above` : failure.message;
  const issues = elsewhere.filter((issue) => issue.message !== failure.message || issue.path.length > 0);
  return (
    <div ref={ref}>
      <Notice
        tone="bad"
        title={title}
        {...(onRetry && {
          actions: (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          ),
        })}
      >
        {failure.hint && <p>{failure.hint}</p>}
        {issues.length > 0 && (
          <ul className="mt-1 list-disc pl-4">
            {issues.map((issue) => (
              <li key={`${pathOf(issue)} ${issue.message}`}>
                {pathOf(issue) && <code className="mr-1 font-mono text-sm">{pathOf(issue)}</code>}
                {issue.message !== failure.message && issue.message}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
