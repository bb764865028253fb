"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { KeyboardEvent } from "react";
import { TakeVerdict, useVerdict } from "#features/gallery/take-verdict.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { sentence } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { PictureGrid } from "#ui/picture-grid.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const TakeCardFields = graphql(`
  fragment TakeCard on Take {
    id
    status
    seed
    createdAt
    warnings
    sceneType {
      id
      name
    }
    character {
      id
      name
    }
    job {
      id
    }
    comparison {
      id
    }
    outputs {
      id
      ...PictureFields
    }
    prompts {
      nodeId
      inputName
      slotLabel
      text
      source
    }
  }
`);

/** A take: who, in what, what came out, and the prompts that made it. */
export function TakeCard(props: { take: FragmentType<typeof TakeCardFields> }) {
  const take = readFragment(TakeCardFields, props.take);
  const link = "hover:text-accent-ink";
  const verdict = useVerdict(take);
  /** With the keys of the review: A, R, and U to undo; up and down to the next take. */
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const { currentTarget: item } = event;
    const acts: Record<string, () => void> = {
      a: () => verdict.judge("APPROVED"),
      r: () => verdict.judge("REJECTED"),
      u: () => verdict.judge("REVIEW"),
      ArrowDown: () => (item.nextElementSibling as HTMLElement | null)?.focus(),
      ArrowUp: () => (item.previousElementSibling as HTMLElement | null)?.focus(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <li
      tabIndex={0}
      aria-label={`Take of ${take.character.name} in ${take.sceneType.name}`}
      aria-keyshortcuts="A R U"
      onKeyDown={onKeyDown}
      className="scroll-my-4 py-4 first:pt-0"
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-lg font-medium">
          <Link
            href={`/characters/${encodeURIComponent(take.character.id)}?scene=${encodeURIComponent(take.sceneType.id)}`}
            className={link}
          >
            {take.character.name}
          </Link>
          <span className="text-ink-3">{" in "}</span>
          <Link href={`/scene-types/${encodeURIComponent(take.sceneType.id)}`} className={link}>
            {take.sceneType.name}
          </Link>
        </h2>
        <StatusBadge status={take.status} />
        <span className="text-ink-3">
          <TimeAgo at={take.createdAt} />
        </span>
        {take.seed != null && <span className="text-ink-3">{`seed ${take.seed}`}</span>}
        <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1">
          <TakeVerdict take={take} verdict={verdict} />
          <Link
            href={
              take.comparison
                ? `/comparisons/${encodeURIComponent(take.comparison.id)}`
                : `/comparisons/new?scene=${encodeURIComponent(take.sceneType.id)}&character=${encodeURIComponent(take.character.id)}`
            }
            className="text-accent-ink hover:underline"
          >
            {take.comparison ? "Open comparison" : "Compare wordings"}
          </Link>
          {take.job && (
            <Link href={`/jobs/${encodeURIComponent(take.job.id)}`} className="text-accent-ink hover:underline">
              Open job
            </Link>
          )}
        </span>
      </div>
      {take.warnings.map((warning) => (
        <p key={warning} className="flex items-center gap-1.5 text-warn">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {warning}
        </p>
      ))}
      {take.outputs.length > 0 ? (
        <PictureGrid
          label={`Outputs of ${take.character.name} in ${take.sceneType.name}`}
          pictures={take.outputs.map((output) => toPicture(output))}
        />
      ) : (
        <p className="text-ink-2">No output yet.</p>
      )}
      {take.prompts.length > 0 && (
        <Disclosure title="Prompts" className="mt-1">
          <dl className="flex max-w-3xl flex-col gap-2 pl-5">
            {take.prompts.map((prompt) => (
              <div key={`${prompt.nodeId}.${prompt.inputName}`}>
                <dt className="flex items-center gap-2 text-ink-3">
                  {prompt.slotLabel}
                  <span className="text-sm">{sentence(prompt.source)}</span>
                  <CopyButton text={prompt.text} label={`Copy ${prompt.slotLabel}`} />
                </dt>
                <dd className="whitespace-pre-wrap">{prompt.text}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
    </li>
  );
}
