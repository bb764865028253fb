"use client";

import type { CharacterSelectionInput } from "#gql/graphql.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { plural } from "#lib/format.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

/** Whom something is applied to. */
export interface CharacterChoice {
  by: "all" | "group" | "metadata";
  groupId: string;
  key: string;
  value: string;
}

export function initialChoice(groupId: string | undefined): CharacterChoice {
  return { by: groupId ? "group" : "all", groupId: groupId ?? "", key: "", value: "" };
}

/** An empty value asks for everyone who has the key. */
export function toSelection({ by, groupId, key, value }: CharacterChoice, projectId: string): CharacterSelectionInput {
  switch (by) {
    case "all":
      return { projectId };
    case "group":
      return { projectId, groupId };
    case "metadata":
      return { projectId, metadata: { [key]: value.trim() || null } };
  }
}

interface Props {
  choice: CharacterChoice;
  projectName: string;
  groups: readonly { id: string; name: string; characterCount: number }[];
  metadataKeys: readonly string[];
  failure: Failure | null;
  onChoiceChange: (choice: CharacterChoice) => void;
}

/** Everybody of the project, a group, or those whose metadata says something. */
export function CharacterChoiceFields({ choice, projectName, groups, metadataKeys, failure, onChoiceChange }: Props) {
  const set = (part: Partial<CharacterChoice>) => onChoiceChange({ ...choice, ...part });
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Characters">
        <Select
          value={choice.by}
          onValueChange={(by) => set({ by: by as CharacterChoice["by"] })}
          options={[
            { value: "all", label: `All of ${projectName}` },
            { value: "group", label: "Of a group" },
            { value: "metadata", label: "By metadata" },
          ]}
        />
      </Field>
      {choice.by === "group" && (
        <Field label="Which group" className="sm:col-span-2" error={issueFor(failure, "characters.groupId")}>
          <Select
            required
            value={choice.groupId}
            onValueChange={(groupId) => set({ groupId })}
            options={[
              { value: "", label: groups.length > 0 ? "Choose a group" : "There is no group yet" },
              ...groups.map(({ id, name, characterCount }) => ({
                value: id,
                label: `${name} (${plural(characterCount, "character")})`,
              })),
            ]}
          />
        </Field>
      )}
      {choice.by === "metadata" && (
        <>
          <Field label="Key" error={issueFor(failure, "characters.metadata")}>
            <Select
              required
              value={choice.key}
              onValueChange={(key) => set({ key })}
              options={[
                { value: "", label: "Choose a key" },
                ...metadataKeys.map((key) => ({ value: key, label: key })),
              ]}
            />
          </Field>
          <Field label="Text" help="Empty: any">
            <Input value={choice.value} onChange={(event) => set({ value: event.target.value })} />
          </Field>
        </>
      )}
    </div>
  );
}
