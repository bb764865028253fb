"use client";

import { FileJson, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { Lineage } from "#features/gallery/detail/lineage.tsx";
import {
  asText,
  circumstancesOf,
  type MadeBy,
  parametersOf,
  promptsOf,
  readMadeBy,
} from "#features/gallery/detail/made-by.ts";
import { RunAgain } from "#features/gallery/detail/run-again.tsx";
import { graphql } from "#gql/gql.ts";
import { sameOrigin } from "#lib/assets.ts";
import { formatBytes, formatSeconds } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { remixHref } from "#lib/remix.ts";
import { Button } from "#ui/button.tsx";
import { CopyableId, CopyButton } from "#ui/copy-button.tsx";
import { Facts } from "#ui/facts.tsx";
import { Link } from "#ui/link.tsx";
import { Notice } from "#ui/notice.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const OutputDetailQuery = graphql(`
  query OutputDetail($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Asset {
        ...MadeBy
        ...Lineage
      }
    }
  }
`);

interface Props {
  id: string;
  /** Opens a relative of the file. */
  onOpen: (id: string) => void;
}

/** What made a file, what it was made from and what was made from it; and the ways to have it again. */
export function OutputDetail({ id, onOpen }: Props) {
  const [result, refetch] = useQuery({ query: OutputDetailQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-16" />}>
      {({ node }) =>
        node?.__typename === "Asset" && node.id === id ? (
          <div className="flex flex-col gap-5">
            <What made={readMadeBy(node)} />
            <Lineage asset={node} onOpen={onOpen} />
          </div>
        ) : (
          <p className="text-ink-2">{result.fetching || result.stale ? "" : "This file does not exist any more."}</p>
        )
      }
    </QueryPanel>
  );
}

const link = "text-accent-ink hover:underline";
const heading = "mb-1.5 text-base font-medium";

function What({ made }: { made: MadeBy }) {
  const { run, take } = made;
  const prompts = promptsOf(made);
  const parameters = parametersOf(made);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {run && (
          <Button asChild variant="primary">
            <Link href={remixHref(run.id)}>
              <SlidersHorizontal aria-hidden />
              Remix
            </Link>
          </Button>
        )}
        {take && <RunAgain take={take} />}
        {take && (
          <Button asChild variant="quiet" size="icon">
            <a href={sameOrigin(take.recipeUrl)} download aria-label="Download the recipe" title="Download the recipe">
              <FileJson aria-hidden />
            </a>
          </Button>
        )}
        <span className="ml-auto">
          <CopyButton text={asText(made)} label="Copy all that made this" />
        </span>
      </div>
      {made.removedAt && (
        <Notice tone="warn" title="A clean-up took the file">
          What made it is still known: a remix makes one like it.
        </Notice>
      )}
      <section aria-label="Facts">
        <Facts
          facts={[
            ...circumstancesOf(made).map(({ key, label, value }): [string, ReactNode] => [
              label,
              key === "seed" ? (
                <span key={key} className="inline-flex items-center gap-1">
                  {value}
                  <CopyButton text={value} label="Copy seed" />
                </span>
              ) : key === "workflow" && run ? (
                <Link key={key} href={`/workflows/${encodeURIComponent(run.job.workflow.id)}`} className={link}>
                  {value}
                </Link>
              ) : (
                value
              ),
            ]),
            [
              "Job",
              run && (
                <Link key="job" href={`/jobs/${encodeURIComponent(run.job.id)}`} className={link}>
                  {`${run.job.name}, run ${run.index + 1}`}
                </Link>
              ),
            ],
            ["Run", run && <CopyableId key="run" name="run id" value={run.id} />],
            [
              "Take",
              take && (
                <Link
                  key="take"
                  href={`/gallery?view=takes&character=${encodeURIComponent(take.character.id)}&scene=${encodeURIComponent(take.sceneType.id)}`}
                  className={link}
                >
                  {`${take.character.name} in ${take.sceneType.name}`}
                </Link>
              ),
            ],
            ["Note", take?.reviewNote],
            ["Made by", run?.job.createdBy?.name],
            ["Made", <TimeAgo key="made" at={made.createdAt} />],
            ["Took", run && timesOf(run)],
            ["File", fileOf(made)],
          ]}
        />
      </section>
      {prompts.length > 0 && (
        <section aria-label="Prompts">
          <h3 className={heading}>Prompts</h3>
          <dl className="flex flex-col gap-2">
            {prompts.map(({ key, label, value }) => (
              <div key={key}>
                <dt className="flex items-center gap-1 text-ink-3">
                  {label}
                  <CopyButton text={value} label={`Copy ${label}`} />
                </dt>
                <dd className="break-words whitespace-pre-wrap">
                  {value || <span className="text-ink-3">empty</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {parameters.length > 0 && (
        <section aria-label="Parameters">
          <h3 className={heading}>Parameters</h3>
          <Facts
            facts={parameters.map(({ key, label, value, isChanged }) => [
              label,
              <span key={key} className={isChanged ? "font-medium" : "text-ink-2"}>
                {value}
                {isChanged && <span className="sr-only">, not the workflow's own</span>}
              </span>,
            ])}
          />
        </section>
      )}
    </>
  );
}

function timesOf({ executionSecs, waitSecs, transferSecs }: NonNullable<MadeBy["run"]>): string | null {
  if (executionSecs == null) return null;
  const beside = [
    waitSecs == null ? null : `waited ${formatSeconds(waitSecs)}`,
    transferSecs == null ? null : `transfer ${formatSeconds(transferSecs)}`,
  ].filter((each) => each !== null);
  return [formatSeconds(executionSecs), ...beside].join(", ");
}

function fileOf({ bytes, durationSecs, fps, mime }: MadeBy): string {
  const parts = [
    mime,
    formatBytes(bytes),
    durationSecs == null ? null : formatSeconds(durationSecs),
    fps == null ? null : `${Number(fps.toFixed(2))} frames/s`,
  ];
  return parts.filter((each) => each !== null).join(", ");
}
