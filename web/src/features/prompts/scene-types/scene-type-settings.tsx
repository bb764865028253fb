"use client";

import { type FormEvent, useState } from "react";
import { strategyHelp, strategyOptions } from "#features/prompts/scene-types/strategies.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { GenerationStrategy } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { Textarea } from "#ui/textarea.tsx";

const SceneTypeSettingsFields = graphql(`
  fragment SceneTypeSettings on SceneType {
    id
    name
    description
    generationStrategy
    expectedChunks
    chunkOutputPattern
    fragmentSeparator
    targetDurationSecs
    segmentDurationSecs
    durationToleranceSecs
  }
`);

const UpdateSceneType = graphql(`
  mutation UpdateSceneType($input: UpdateSceneTypeInput!) {
    updateSceneType(input: $input) {
      __typename
      ... on UpdateSceneTypePayload {
        sceneType {
          id
          ...SceneTypeSettings
        }
      }
      ...FailureFields
    }
  }
`);

const durationFields = [
  { name: "targetDurationSecs", label: "Length", help: "Seconds of a take" },
  { name: "segmentDurationSecs", label: "Segment", help: "Seconds of one" },
  { name: "durationToleranceSecs", label: "Tolerance", help: "A shorter rest makes no segment" },
] as const;

interface Props {
  sceneType: FragmentType<typeof SceneTypeSettingsFields>;
  onClose: () => void;
}

export function SceneTypeSettings({ sceneType: source, onClose }: Props) {
  const sceneType = readFragment(SceneTypeSettingsFields, source);
  const [values, setValues] = useState({
    name: sceneType.name,
    description: sceneType.description ?? "",
    fragmentSeparator: sceneType.fragmentSeparator,
    expectedChunks: sceneType.expectedChunks?.toString() ?? "",
    chunkOutputPattern: sceneType.chunkOutputPattern ?? "",
    targetDurationSecs: sceneType.targetDurationSecs?.toString() ?? "",
    segmentDurationSecs: sceneType.segmentDurationSecs?.toString() ?? "",
    durationToleranceSecs: sceneType.durationToleranceSecs?.toString() ?? "",
  });
  const [strategy, setStrategy] = useState<GenerationStrategy>(sceneType.generationStrategy);
  const set = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const { run, isPending, failure } = useAction(UpdateSceneType);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { name, description, fragmentSeparator, expectedChunks, chunkOutputPattern, ...durations } = values;
    const number = (text: string) => (text.trim() ? Number(text) : null);
    const input = {
      name,
      description,
      fragmentSeparator,
      targetDurationSecs: number(durations.targetDurationSecs),
      segmentDurationSecs: number(durations.segmentDurationSecs),
      durationToleranceSecs: number(durations.durationToleranceSecs),
      id: sceneType.id,
      generationStrategy: strategy,
      expectedChunks: number(expectedChunks),
      chunkOutputPattern: chunkOutputPattern || null,
    };
    if (await run({ input })) onClose();
  };
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Scene type settings">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required value={values.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label="Description" error={issueFor(failure, "description")}>
          <Textarea value={values.description} onChange={(event) => set({ description: event.target.value })} />
        </Field>
        <Field label="Generation" help={strategyHelp[strategy]} error={issueFor(failure, "generationStrategy")}>
          <Select
            value={strategy}
            onValueChange={(next) => setStrategy(next as GenerationStrategy)}
            options={strategyOptions}
          />
        </Field>
        {strategy === "WORKFLOW_MANAGED" && (
          <div className="grid grid-cols-2 gap-3">
            <Field
              label="Expected chunks"
              help="Fewer is a warning on the take"
              error={issueFor(failure, "expectedChunks")}
            >
              <Input
                type="number"
                min={1}
                value={values.expectedChunks}
                onChange={(event) => set({ expectedChunks: event.target.value })}
              />
            </Field>
            <Field label="Chunk file name" help="{n} is the number" error={issueFor(failure, "chunkOutputPattern")}>
              <Input
                placeholder="chunk_{n}.mp4"
                value={values.chunkOutputPattern}
                onChange={(event) => set({ chunkOutputPattern: event.target.value })}
              />
            </Field>
          </div>
        )}
        <div className="grid grid-cols-3 gap-3">
          {durationFields.map(({ name, label, help }) => (
            <Field key={name} label={label} help={help} error={issueFor(failure, name)}>
              <Input
                type="number"
                min={0}
                step="any"
                value={values[name]}
                onChange={(event) => set({ [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
        <Field
          label="Between fragments"
          help="Put between the prompt and each fragment"
          error={issueFor(failure, "fragmentSeparator")}
        >
          <Input
            className="font-mono"
            value={values.fragmentSeparator}
            onChange={(event) => set({ fragmentSeparator: event.target.value })}
          />
        </Field>
        <FailureNotice
          failure={failure}
          shownFields={[
            "name",
            "description",
            "generationStrategy",
            "expectedChunks",
            "chunkOutputPattern",
            "fragmentSeparator",
            ...durationFields.map(({ name }) => name),
          ]}
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Save settings
          </Button>
        </DialogActions>
      </form>
    </Sheet>
  );
}
