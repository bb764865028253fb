"use client";

import { useEffect, useRef } from "react";
import { excerptAt, isAboutSource, placeOf } from "#features/workflows/import/source-place.ts";
import { plural } from "#lib/format.ts";
import type { Failure, Issue } from "#lib/graphql/failure.ts";
import { Notice } from "#ui/notice.tsx";

/** More are hard to take in, and mending the first often mends the others. */
const maxShown = 20;

/** What is wrong in the file, each with its place: node and input, or line and column with the line itself. */
export function SourceFailure({ failure, text }: { failure: Failure | null; text: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) ref.current?.closest("form")?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure]);
  const issues = failure?.issues.filter(isAboutSource) ?? [];
  if (!failure || issues.length === 0) return null;
  const isGraph = !text || text.trimStart().startsWith("{");
  const hidden = issues.length - maxShown;
  const [only] = issues.length === 1 ? issues : [];
  return (
    <div ref={ref}>
      <Notice tone="bad" title={only ? titleOf(only, isGraph) : `${plural(issues.length, "problem")} in the file`}>
        {failure.hint && <p>{failure.hint}</p>}
        {only ? (
          <Line issue={only} text={text} isGraph={isGraph} />
        ) : (
          <ul className="mt-1 flex flex-col gap-1.5">
            {issues.slice(0, maxShown).map((issue) => (
              <li key={`${issue.path.join(".")} ${issue.message}`}>
                {titleOf(issue, isGraph)}
                <Line issue={issue} text={text} isGraph={isGraph} />
              </li>
            ))}
          </ul>
        )}
        {hidden > 0 && <p className="mt-1">{`and ${hidden} more`}</p>}
      </Notice>
    </div>
  );
}

function titleOf(issue: Issue, isGraph: boolean) {
  const { label } = placeOf(issue, isGraph);
  return (
    <>
      {label && <span className="mr-1 font-semibold">{`${label}:`}</span>}
      {issue.message}
    </>
  );
}

function Line({ issue, text, isGraph }: { issue: Issue; text: string; isGraph: boolean }) {
  const { line, column } = placeOf(issue, isGraph);
  const excerpt = line !== null && column !== null ? excerptAt(text, line, column) : null;
  if (!excerpt) return null;
  return (
    <pre className="mt-1 overflow-x-auto rounded-sm bg-sunken px-2 py-1 font-mono text-sm text-ink-2">
      <span className="mr-3 text-ink-3 select-none">{excerpt.line}</span>
      {excerpt.before}
      <mark className="bg-bad-fill text-white">{excerpt.at || " "}</mark>
      {excerpt.after}
    </pre>
  );
}
