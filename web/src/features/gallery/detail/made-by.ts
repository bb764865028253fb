import type { ResultOf } from "@graphql-typed-document-node/core";
import type { NamedValue } from "#features/gallery/detail/named-value.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { showValue } from "#lib/show-value.ts";

const MadeByFields = graphql(`
  fragment MadeBy on Asset {
    id
    filename
    mime
    bytes
    width
    height
    durationSecs
    fps
    createdAt
    removedAt
    run {
      id
      index
      seed
      attempt
      comfyPromptId
      models
      createdAt
      finishedAt
      waitSecs
      executionSecs
      transferSecs
      machine {
        id
        name
      }
      resolvedPrompts {
        nodeId
        inputName
        slotLabel
        text
      }
      settings {
        params
        changed
        resolution
        flipOrientation
        stages
      }
      job {
        id
        name
        pool
        createdBy {
          id
          name
        }
        workflow {
          id
          name
          parameters {
            key
            label
          }
        }
        workflowVersion {
          id
          number
        }
      }
    }
    take {
      id
      status
      seed
      machines
      reviewNote
      recipeUrl
      sceneType {
        id
        name
      }
      character {
        id
        name
      }
      prompts {
        nodeId
        inputName
        slotLabel
        text
      }
    }
  }
`);

export type MadeBySource = FragmentType<typeof MadeByFields>;
export type MadeBy = ResultOf<typeof MadeByFields>;

export const readMadeBy = (source: MadeBySource): MadeBy => readFragment(MadeByFields, source);

/** The prompts as they were rendered, slot by slot. A clip that was joined has those of its take. */
export function promptsOf({ run, take }: MadeBy): NamedValue[] {
  return (run?.resolvedPrompts ?? take?.prompts ?? []).map(({ nodeId, inputName, slotLabel, text }) => ({
    key: `${nodeId}.${inputName}`,
    label: slotLabel,
    value: text,
  }));
}

/** Values of parameters, without those that the prompts show already; what is not the workflow's own comes first. */
export function parametersOf({ run }: MadeBy): (NamedValue & { isChanged: boolean })[] {
  if (!run) return [];
  const { params, changed, resolution, flipOrientation, stages } = run.settings;
  const labels = new Map(run.job.workflow.parameters.map(({ key, label }) => [key, label]));
  const texts = new Set(run.resolvedPrompts.map(({ text }) => text));
  const ofJob = [
    { key: "resolution", label: "Resolution", value: resolution ?? "" },
    { key: "flipOrientation", label: "Orientation", value: flipOrientation ? "swapped" : "" },
    { key: "stages", label: "Stages", value: stages == null ? "" : String(stages) },
  ].flatMap((each) => (each.value === "" ? [] : [{ ...each, isChanged: true }]));
  const ofWorkflow = Object.entries(params as Record<string, unknown>).flatMap(([key, value]) => {
    const label = labels.get(key);
    const text = showValue(value);
    if (label === undefined || text === "" || texts.has(text)) return [];
    return [{ key, label, value: text, isChanged: changed.includes(key) }];
  });
  return [...ofJob, ...ofWorkflow].toSorted((a, b) => Number(b.isChanged) - Number(a.isChanged));
}

/** The rest that tells one output from another: what it was made with, by whom and where. */
export function circumstancesOf({ run, take }: MadeBy): NamedValue[] {
  const version = run && `${run.job.workflow.name}, version ${run.job.workflowVersion.number}`;
  const found: [key: string, label: string, value: string | null | undefined][] = [
    ["workflow", "Workflow", version],
    ["model", "Model", run?.models.join(", ")],
    ["seed", "Seed", run ? run.seed : take?.seed],
    ["machine", "Machine", run ? run.machine?.name : take?.machines.join(", ")],
  ];
  return found.flatMap(([key, label, value]) => (value ? [{ key, label, value: String(value) }] : []));
}

/** Everything as a text, to be kept beside the file or sent to somebody. */
export function asText(made: MadeBy): string {
  const lines = (values: readonly NamedValue[]) => values.map(({ label, value }) => `${label}: ${value}`);
  return [
    made.filename,
    ...lines(circumstancesOf(made)),
    ...lines(parametersOf(made)),
    "",
    ...promptsOf(made).flatMap(({ label, value }) => [`${label}:`, value, ""]),
  ]
    .join("\n")
    .trim();
}
