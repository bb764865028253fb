"use client";

import { type FormEvent, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { ApplyManyReport, type ApplyManyReportFields } from "#features/prompts/overrides/apply-many-report.tsx";
import {
  type CharacterChoice,
  CharacterChoiceFields,
  initialChoice,
  toSelection,
} from "#features/prompts/overrides/character-choice.tsx";
import { type EntryDraft, toEntryInput } from "#features/prompts/overrides/override-drafts.ts";
import type { OverrideTargets } from "#features/prompts/overrides/scopes.ts";
import type { FragmentType } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { ApplyFragmentsInput } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";

const ApplyFragments = graphql(`
  mutation ApplyFragments($input: ApplyFragmentsInput!) {
    applyFragments(input: $input) {
      __typename
      ... on ApplyFragmentsPayload {
        changes {
          character {
            id
          }
        }
        ...ApplyManyReport
      }
      ...FailureFields
    }
  }
`);

const ApplyManyChoicesQuery = graphql(`
  query ApplyManyChoices($projectId: ID!) {
    overrideTemplates(first: 100) {
      nodes {
        id
        name
      }
    }
    characterGroups(first: 200, projectId: $projectId) {
      nodes {
        id
        name
        characterCount
      }
    }
    metadataKeys(projectId: $projectId) {
      name
    }
  }
`);

interface Props {
  slot: { id: string; label: string };
  sceneTypeId: string;
  targets: OverrideTargets;
  entries: readonly EntryDraft[];
  onClose: () => void;
}

type Preview = FragmentType<typeof ApplyManyReportFields> & { changes: readonly unknown[] };

/** Adds a slot's fragments, or a template's, to many characters at once: first seen, then done. */
export function ApplyManyDialog({ slot, sceneTypeId, targets, entries, onClose }: Props) {
  const [{ data }] = useQuery({ query: ApplyManyChoicesQuery, variables: { projectId: targets.project.id } });
  const [what, setWhat] = useState(entries.length > 0 ? "entries" : "");
  const [choice, setChoice] = useState<CharacterChoice>(initialChoice(targets.group?.id));
  const [preview, setPreview] = useState<Preview | null>(null);
  const { run, isPending, failure } = useAction(ApplyFragments);
  const templates = data?.overrideTemplates.nodes ?? [];
  const input: ApplyFragmentsInput = {
    sceneTypeId,
    slotIds: [slot.id],
    characters: toSelection(choice, targets.project.id),
    ...(what === "entries"
      ? { fragments: entries.map((entry) => ({ ...toEntryInput(entry), text: entry.text })) }
      : { templateId: what }),
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!preview) {
      setPreview(await run({ input: { ...input, dryRun: true } }));
      return;
    }
    const payload = await run({ input });
    if (!payload) return;
    toast.success(`Added for ${plural(payload.changes.length, "character")}`);
    onClose();
  };
  const change = (apply: () => void) => {
    apply();
    setPreview(null);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Apply to many characters"
      description={`Adds fragments to ${slot.label} of each character's own overrides.`}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Fragments">
          <Select
            required
            value={what}
            onValueChange={(next) => change(() => setWhat(next))}
            options={[
              ...(entries.length > 0
                ? [{ value: "entries", label: `The ${plural(entries.length, "fragment")} of this slot` }]
                : [{ value: "", label: "Choose a template" }]),
              ...templates.map(({ id, name }) => ({ value: id, label: `Template: ${name}` })),
            ]}
          />
        </Field>
        <CharacterChoiceFields
          choice={choice}
          projectName={targets.project.name}
          groups={data?.characterGroups.nodes ?? []}
          metadataKeys={data?.metadataKeys.map(({ name }) => name) ?? []}
          failure={failure}
          onChoiceChange={(next) => change(() => setChoice(next))}
        />
        {preview && <ApplyManyReport payload={preview} />}
        <FailureNotice failure={failure} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {preview?.changes.length === 0 ? "Close" : "Cancel"}
          </Button>
          <Button
            type="submit"
            variant="primary"
            isPending={isPending}
            disabled={what === "" || preview?.changes.length === 0}
          >
            {preview ? `Apply to ${plural(preview.changes.length, "character")}` : "See what changes"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
