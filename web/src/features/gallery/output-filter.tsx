"use client";

import { useEffect, useMemo, useState } from "react";
import type { OutputGridQueryVariables } from "#gql/graphql.ts";
import { CharacterPicker } from "#lib/graphql/pickers/character-picker.tsx";
import { SceneTypePicker } from "#lib/graphql/pickers/scene-type-picker.tsx";
import { WorkflowPicker } from "#lib/graphql/pickers/workflow-picker.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";

export type OutputFilterVariables = Omit<OutputGridQueryVariables, "after">;

const media = [
  { value: "", label: "Pictures and clips" },
  { value: "IMAGE", label: "Pictures" },
  { value: "VIDEO", label: "Clips" },
] as const;
const takeStatuses = [
  { value: "", label: "Any verdict" },
  { value: "REVIEW", label: "To review" },
  { value: "APPROVED", label: "Approved" },
  { value: "REJECTED", label: "Rejected" },
] as const;
const days = [
  { value: "", label: "Any time" },
  { value: "1", label: "Last day" },
  { value: "7", label: "Last week" },
  { value: "30", label: "Last month" },
] as const;

type Known<Options extends readonly { value: string }[]> = Exclude<Options[number]["value"], "">;

/** What of a list of options an address says; nothing for what is none of them. */
function known<const Options extends readonly { value: string }[]>(
  options: Options,
  value: string,
): Known<Options> | null {
  return value !== "" && options.some((option) => option.value === value) ? (value as Known<Options>) : null;
}

/** The outputs' filter as it is in the address. */
export function useOutputFilter() {
  const [search, setSearch] = useUrlParam("q");
  const [workflowId, setWorkflowId] = useUrlParam("workflow");
  const [sceneTypeId, setSceneTypeId] = useUrlParam("scene");
  const [characterId, setCharacterId] = useUrlParam("character");
  const [kind, setKind] = useUrlParam("media");
  const [verdict, setVerdict] = useUrlParam("verdict");
  const [since, setSince] = useUrlParam("days");
  const variables = useMemo<OutputFilterVariables>(() => {
    const isSeed = /^\d{4,20}$/.test(search);
    const status = known(takeStatuses, verdict);
    const age = known(days, since);
    return {
      search: isSeed ? null : search || null,
      seed: isSeed ? search : null,
      workflowId: workflowId || null,
      sceneTypeId: sceneTypeId || null,
      characterId: characterId || null,
      media: known(media, kind),
      takeStatus: status ? [status] : null,
      createdAfter: age ? startOf(Number(age)) : null,
    };
  }, [search, workflowId, sceneTypeId, characterId, kind, verdict, since]);
  return {
    variables,
    isFiltered: Object.values(variables).some((value) => value !== null),
    search: { value: search, set: setSearch },
    choices: {
      workflow: { value: workflowId, set: setWorkflowId },
      sceneType: { value: sceneTypeId, set: setSceneTypeId },
      character: { value: characterId, set: setCharacterId },
      kind: { value: kind, set: setKind },
      verdict: { value: verdict, set: setVerdict },
      age: { value: since, set: setSince },
    },
  };
}

/** So many days ago, to the minute: the same for as long as a page is looked at. */
function startOf(daysAgo: number): string {
  const minute = 60_000;
  return new Date(Math.floor((Date.now() - daysAgo * 86_400_000) / minute) * minute).toISOString();
}

const width = "w-36 max-sm:w-[calc(50%-4px)]";

/** Words of the prompt or model, or a whole seed, and what else narrows the outputs. */
export function OutputFilter({ search, choices }: Pick<ReturnType<typeof useOutputFilter>, "search" | "choices">) {
  const [text, setText] = useState(search.value);
  const settled = useDebounced(text.trim(), 250);
  const { set: setSearch } = search;
  useEffect(() => setSearch(settled), [settled, setSearch]);
  const selects = [
    { label: "Kind", of: choices.kind, options: media },
    { label: "Verdict", of: choices.verdict, options: takeStatuses },
    { label: "Age", of: choices.age, options: days },
  ];
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <SearchInput
        label="Search prompts, models or a seed"
        value={text}
        onValueChange={setText}
        className="w-72 max-sm:w-full"
      />
      <WorkflowPicker
        none="All workflows"
        className={width}
        value={choices.workflow.value}
        onValueChange={choices.workflow.set}
      />
      <SceneTypePicker
        none="All scene types"
        className={width}
        value={choices.sceneType.value}
        onValueChange={choices.sceneType.set}
      />
      <CharacterPicker
        none="All characters"
        className={width}
        value={choices.character.value}
        onValueChange={choices.character.set}
      />
      {selects.map(({ label, of, options }) => (
        <Select
          key={label}
          aria-label={label}
          className={width}
          value={of.value}
          onValueChange={of.set}
          options={options}
        />
      ))}
    </div>
  );
}
