"use client";

import { Languages } from "lucide-react";
import { type FormEvent, useState } from "react";
import { SeedPrompt } from "#features/works/prompt/seed-prompt.tsx";
import { TranslateChapter } from "#features/works/translations/translation-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Notice } from "#ui/notice.tsx";

const TranslateFormFields = graphql(`
  fragment TranslateForm on Chapter {
    id
    characterCount
    work {
      id
      targetLanguage
      prompt {
        id
        latestVersion {
          id
          number
          model
        }
      }
    }
  }
`);

interface Props {
  chapter: FragmentType<typeof TranslateFormFields>;
  llm: { isReachable: boolean; isSimulated: boolean; hint?: string | null; models: string[] };
  onStarted: (translationId: string) => void;
}

/** Begins a translation, and says beforehand what it will be made with and what is missing for it. */
export function TranslateForm({ chapter, llm, onStarted }: Props) {
  const { id, characterCount, work } = readFragment(TranslateFormFields, chapter);
  const [language, setLanguage] = useState<string | null>(null);
  const { run, isPending, failure } = useAction(TranslateChapter);
  const version = work.prompt?.latestVersion;
  const targetLanguage = language ?? work.targetLanguage;
  if (!version) return <SeedPrompt workId={work.id} />;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { chapterId: id, targetLanguage: targetLanguage.trim() } });
    if (payload) onStarted(payload.chapterTranslation.id);
  };
  const isModelMissing = llm.isReachable && !llm.models.includes(version.model);
  return (
    <form aria-label="Translate" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Translate into" className="w-48" error={issueFor(failure, "targetLanguage")}>
          <Input required value={targetLanguage} onChange={(event) => setLanguage(event.target.value)} />
        </Field>
        <Button
          needs="CREATOR"
          type="submit"
          variant="primary"
          isPending={isPending}
          disabled={!llm.isReachable || isModelMissing || characterCount === 0}
        >
          <Languages aria-hidden />
          Translate
        </Button>
        <p className="min-h-8 content-center text-ink-2">
          {`With prompt version ${version.number} and the model ${version.model}`}
          {llm.isSimulated && ", which is simulated: it writes no real translation"}
        </p>
      </div>
      {characterCount === 0 && <p className="text-ink-2">The chapter has no text to translate yet.</p>}
      {!llm.isReachable && (
        <Notice tone="warn" title="There is no language model to translate with">
          {llm.hint}
        </Notice>
      )}
      {isModelMissing && (
        <Notice tone="warn" title={`The language model server does not offer ${version.model}`}>
          Load it there, or choose another one in the work’s prompt.
        </Notice>
      )}
      <FailureNotice failure={failure} shownFields={["targetLanguage"]} />
    </form>
  );
}
