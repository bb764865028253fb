"use client";

import { UpdateWork } from "#features/works/work-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { SavedText } from "#lib/graphql/saved-text.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Editable } from "#ui/editable.tsx";
import { Panel } from "#ui/panel.tsx";

const WorkFields = graphql(`
  fragment WorkFields on Work {
    id
    title
    author
    language
    targetLanguage
    description
    glossary
  }
`);

/** What is said of a work; each field is saved when it is left. */
export function WorkSettings(props: { work: FragmentType<typeof WorkFields> }) {
  const work = readFragment(WorkFields, props.work);
  const { attempt } = useAction(UpdateWork);
  const bind = (field: "title" | "author" | "language" | "targetLanguage" | "description" | "glossary") => ({
    value: work[field],
    onSave: (text: string) => attempt({ input: { id: work.id, [field]: text } }),
  });
  return (
    <Panel title="Details">
      <Editable needs="CREATOR">
        <div className="grid gap-4 sm:grid-cols-2">
          <SavedText label="Title" isSingleLine {...bind("title")} />
          <SavedText label="Author" isSingleLine {...bind("author")} />
          <SavedText label="Written in" isSingleLine {...bind("language")} />
          <SavedText label="Translated into" isSingleLine {...bind("targetLanguage")} />
          <SavedText
            label="Glossary"
            help="How names and terms are translated: prompts get it as {glossary}"
            placeholder="灯 = Akari"
            className="sm:col-span-2"
            {...bind("glossary")}
          />
          <SavedText label="Description" className="sm:col-span-2" {...bind("description")} />
        </div>
      </Editable>
    </Panel>
  );
}
