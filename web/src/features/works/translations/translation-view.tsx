"use client";

import { Ban, RotateCcw } from "lucide-react";
import { TranslationFacts } from "#features/works/translations/translation-facts.tsx";
import { TranslationBadges } from "#features/works/translations/translation-badges.tsx";
import {
  CancelTranslation,
  RetryTranslation,
  TranslationState,
} from "#features/works/translations/translation-operations.ts";
import { useWrittenText } from "#features/works/translations/use-written-text.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Progress } from "#ui/progress.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const TranslationQuery = graphql(`
  query Translation($id: ID!) {
    chapterTranslation(id: $id) {
      id
      text
      ...TranslationState
    }
  }
`);

/** One translation of a chapter, as far as it is written. */
export function TranslationView({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: TranslationQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-20" />}>
      {({ chapterTranslation: translation }) =>
        translation ? (
          <Translation translation={translation} text={translation.text} />
        ) : (
          <Panel title="Translation">
            <p className="text-ink-2">This translation does not exist.</p>
          </Panel>
        )
      }
    </QueryPanel>
  );
}

interface TranslationProps {
  translation: FragmentType<typeof TranslationState>;
  /** As it was when it was read. */
  text: string;
}

function Translation({ translation: source, text }: TranslationProps) {
  const translation = readFragment(TranslationState, source);
  const { id, status, progress, error, targetLanguage } = translation;
  const isUnderWay = status === "PENDING" || status === "RUNNING";
  const written = useWrittenText(id, isUnderWay) ?? text;
  const cancel = useAction(CancelTranslation);
  const retry = useAction(RetryTranslation);
  const canRetry = status === "FAILED" || status === "CANCELED";
  const actions = (
    <>
      {written !== "" && <CopyButton text={written} label="Copy the translation" />}
      {isUnderWay && (
        <Button
          needs="CREATOR"
          size="sm"
          isPending={cancel.isPending}
          onClick={() => void cancel.run({ input: { id } })}
        >
          <Ban aria-hidden />
          Cancel
        </Button>
      )}
      {canRetry && (
        <Button needs="CREATOR" size="sm" isPending={retry.isPending} onClick={() => void retry.run({ input: { id } })}>
          <RotateCcw aria-hidden />
          Retry
        </Button>
      )}
    </>
  );
  return (
    <Panel title={targetLanguage} actions={actions}>
      <div role="status" className="mb-3 flex flex-wrap items-center gap-1.5">
        <TranslationBadges translation={source} />
        {progress.total > 0 && isUnderWay && (
          <span className="text-sm text-ink-2 tabular-nums">
            {`${progress.done} of ${plural(progress.total, "part")} written`}
          </span>
        )}
      </div>
      {isUnderWay && (
        <Progress
          label="Parts written"
          value={progress.total > 0 ? progress.done / progress.total : 0}
          className="mb-3"
        />
      )}
      {error && (
        <div className="mb-3">
          <Notice tone="bad" title={error.message}>
            {error.hint}
          </Notice>
        </div>
      )}
      <FailureNotice failure={cancel.failure ?? retry.failure} />
      {written ? (
        <p aria-label="Translation" role="group" className="text-lg leading-7 break-words whitespace-pre-wrap">
          {written}
        </p>
      ) : (
        <p className="text-ink-2">{isUnderWay ? "Waits for the model’s first words." : "Nothing was written."}</p>
      )}
      <Disclosure title="What it was made with" className="mt-3">
        <TranslationFacts id={id} status={status} />
      </Disclosure>
    </Panel>
  );
}
