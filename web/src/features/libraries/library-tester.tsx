"use client";

import { useState } from "react";
import { graphql } from "#gql/gql.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Badge } from "#ui/badge.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Field } from "#ui/field.tsx";
import { SeedInput } from "#ui/seed-input.tsx";
import { Textarea } from "#ui/textarea.tsx";

const ApplyLibrariesQuery = graphql(`
  query ApplyLibraries($text: String!, $libraryIds: [ID!]!, $seed: BigInt) {
    applyLibraries(text: $text, libraryIds: $libraryIds, seed: $seed) {
      text
      replaced
      unknown
      depthExceeded
    }
  }
`);

interface Props {
  libraryIds: readonly string[];
  /** An example of what to type. */
  placeholder: string;
  /** What the result does not show, if anything. */
  note?: string | undefined;
}

/** A text, and what the libraries make of it while it is typed. */
export function LibraryTester({ libraryIds, placeholder, note }: Props) {
  const [text, setText] = useState("");
  const [seed, setSeed] = useState("");
  const settled = useDebounced(text, 200);
  const isPaused = settled.trim() === "" || libraryIds.length === 0;
  const [{ data, error, fetching, stale }, refetch] = useQuery({
    query: ApplyLibrariesQuery,
    variables: { text: settled, libraryIds: [...libraryIds], seed: seed || null },
    pause: isPaused,
  });
  const result = isPaused ? null : data?.applyLibraries;
  return (
    <div className="flex flex-col gap-3">
      <Field label="Text" help={note}>
        <Textarea value={text} placeholder={placeholder} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Field label="Seed" help="Draws the entries of *; the same seed gives the same text" className="max-w-96">
        <SeedInput value={seed} onValueChange={setSeed} placeholder="0" />
      </Field>
      <section aria-label="Result" aria-busy={fetching || stale} className="min-w-0">
        <p className="mb-1 flex min-h-7 items-center gap-1 text-ink-3">
          Becomes
          {result && <CopyButton text={result.text} label="Copy the result" />}
        </p>
        {error && !data ? (
          <FailureNotice failure={failureOf(error)} onRetry={refetch} />
        ) : result ? (
          <>
            <p className="text-lg leading-[22px] break-words whitespace-pre-wrap">{result.text}</p>
            <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
              <Keys name="Replaced" keys={result.replaced} tone="good" none="nothing" />
              <Keys name="Unknown" keys={result.unknown} tone="warn" none="none" />
              <dt className="text-ink-3">Depth</dt>
              <dd className={result.depthExceeded ? "text-warn" : "text-ink-2"}>
                {result.depthExceeded ? "exceeded: references are left, perhaps in a circle" : "not exceeded"}
              </dd>
            </dl>
          </>
        ) : (
          <p className="text-ink-3">{libraryIds.length === 0 ? "No library is attached." : "Type a text above."}</p>
        )}
      </section>
    </div>
  );
}

function Keys({
  name,
  keys,
  tone,
  none,
}: {
  name: string;
  keys: readonly string[];
  tone: "good" | "warn";
  none: string;
}) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex flex-wrap gap-1">
        {keys.length === 0 ? (
          <span className="text-ink-2">{none}</span>
        ) : (
          keys.map((key) => (
            <Badge key={key} tone={tone} className="font-mono">
              {key}
            </Badge>
          ))
        )}
      </dd>
    </>
  );
}
