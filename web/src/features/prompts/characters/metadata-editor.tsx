"use client";

import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type MetadataRow, rowProblem, toEntries, toMetadata } from "#features/prompts/characters/metadata.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Editable } from "#ui/editable.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { Panel } from "#ui/panel.tsx";

const MetadataEditorFields = graphql(`
  fragment MetadataEditor on Character {
    id
    metadata
  }
`);

const UpdateCharacter = graphql(`
  mutation UpdateCharacter($input: UpdateCharacterInput!) {
    updateCharacter(input: $input) {
      __typename
      ... on UpdateCharacterPayload {
        character {
          id
          name
          ...MetadataEditor
        }
      }
      ...FailureFields
    }
  }
`);

const toRows = (metadata: unknown): MetadataRow[] =>
  toEntries(metadata).map(([key, value]) => ({ id: uniqueKey(), key, value }));

/** Keys and values that prompts insert as {key}. */
export function MetadataEditor(props: { character: FragmentType<typeof MetadataEditorFields> }) {
  const character = readFragment(MetadataEditorFields, props.character);
  const [rows, setRows] = useState(() => toRows(character.metadata));
  const { run, isPending, failure } = useAction(UpdateCharacter);
  const isChanged = JSON.stringify(Object.entries(toMetadata(rows))) !== JSON.stringify(toEntries(character.metadata));
  const isBroken = rows.some((row) => rowProblem(row, rows));
  useUnsavedGuard(isChanged);
  const set = (id: string, part: Partial<MetadataRow>) =>
    setRows((before) => before.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { id: character.id, metadata: toMetadata(rows) } });
    if (payload) setRows((before) => before.filter((row) => row.key !== ""));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Panel title="Metadata" actions={isChanged && <Badge tone="live">Unsaved</Badge>}>
        <p className="mb-2 text-ink-2">
          Prompts insert these by key, such as <code className="font-mono text-sm">{"{hair_color}"}</code>.
        </p>
        <Editable needs="CREATOR">
          <ul className="flex max-w-3xl flex-col gap-2">
            {rows.map((row) => (
              <li key={row.id} className="flex items-start gap-2">
                <Field label="Key" hideLabel error={rowProblem(row, rows)} className="w-44 shrink-0 max-sm:w-28">
                  <Input
                    className="font-mono"
                    placeholder="key"
                    value={row.key}
                    onChange={(event) => set(row.id, { key: event.target.value })}
                  />
                </Field>
                <Field label={`Value of ${row.key}`} hideLabel className="grow">
                  <Input
                    placeholder="value"
                    value={row.value}
                    onChange={(event) => set(row.id, { value: event.target.value })}
                  />
                </Field>
                <IconButton
                  needs="CREATOR"
                  label={`Remove ${row.key || "this row"}`}
                  icon={<X />}
                  onClick={() => setRows((before) => before.filter((each) => each.id !== row.id))}
                />
              </li>
            ))}
          </ul>
        </Editable>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button
            needs="CREATOR"
            size="sm"
            onClick={() => setRows((before) => [...before, { id: uniqueKey(), key: "", value: "" }])}
          >
            <Plus aria-hidden />
            Add a key
          </Button>
          <Button
            needs="CREATOR"
            type="submit"
            size="sm"
            variant="primary"
            disabled={!isChanged || isBroken}
            isPending={isPending}
          >
            Save metadata
          </Button>
        </div>
        {failure && (
          <div className="mt-2">
            <FailureNotice failure={failure} />
          </div>
        )}
      </Panel>
    </form>
  );
}
