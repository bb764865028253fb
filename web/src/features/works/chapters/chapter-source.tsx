"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { UpdateChapter } from "#features/works/chapters/chapter-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { SavedText } from "#lib/graphql/saved-text.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Button } from "#ui/button.tsx";
import { Editable } from "#ui/editable.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Field } from "#ui/field.tsx";
import { Panel } from "#ui/panel.tsx";
import { Textarea } from "#ui/textarea.tsx";

const ChapterSourceFields = graphql(`
  fragment ChapterSource on Chapter {
    id
    title
    text
    summary
    characterCount
    work {
      id
      language
    }
  }
`);

/** A chapter's own text, read or edited as a whole, with its title and summary. */
export function ChapterSource(props: { chapter: FragmentType<typeof ChapterSourceFields> }) {
  const chapter = readFragment(ChapterSourceFields, props.chapter);
  const [draft, setDraft] = useState<string | null>(null);
  const { run, isPending, failure, reset } = useAction(UpdateChapter);
  const { attempt } = useAction(UpdateChapter);
  useUnsavedGuard(draft !== null && draft !== chapter.text);
  const close = () => {
    setDraft(null);
    reset();
  };
  const save = async () => {
    if (await run({ input: { id: chapter.id, text: draft ?? "" } })) close();
  };
  const isEditing = draft !== null;
  const edit = (
    <Button needs="CREATOR" size="sm" onClick={() => setDraft(chapter.text)}>
      <Pencil aria-hidden />
      {chapter.text ? "Edit text" : "Write text"}
    </Button>
  );
  return (
    <Panel title={chapter.work.language} actions={!isEditing && edit}>
      {isEditing ? (
        <div className="flex flex-col gap-3">
          <Field label="Text" hideLabel error={issueFor(failure, "text")}>
            <Textarea
              autoFocus
              className="max-h-[70vh] min-h-64"
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
            />
          </Field>
          <FailureNotice failure={failure} shownFields={["text"]} />
          <div className="flex justify-end gap-2">
            <Button variant="quiet" onClick={close}>
              Discard
            </Button>
            <Button variant="primary" isPending={isPending} onClick={() => void save()}>
              Save text
            </Button>
          </div>
        </div>
      ) : chapter.text ? (
        <p className="text-lg leading-7 break-words whitespace-pre-wrap">{chapter.text}</p>
      ) : (
        <p className="text-ink-2">No text yet. Write or paste it, and it can be translated.</p>
      )}
      <p className="mt-3 text-sm text-ink-3 tabular-nums">{plural(chapter.characterCount, "character")}</p>
      <Disclosure title="Title and summary" className="mt-3">
        <Editable needs="CREATOR">
          <div className="flex flex-col gap-4">
            <SavedText
              label="Title"
              isSingleLine
              value={chapter.title}
              onSave={(title) => attempt({ input: { id: chapter.id, title } })}
            />
            <SavedText
              label="Summary"
              help="What happens here: the next chapter’s prompt gets it as {previous_summary}"
              value={chapter.summary}
              onSave={(summary) => attempt({ input: { id: chapter.id, summary } })}
            />
          </div>
        </Editable>
      </Disclosure>
    </Panel>
  );
}
