"use client";

import { useEffect, useRef } from "react";
import { toast } from "#ui/toast.tsx";
import { slotKey } from "#features/generate/form-values.ts";
import { readFormWorkflow } from "#features/generate/generate-form-fields.ts";
import { fieldsOf } from "#features/generate/presets/prompt-names.ts";
import { promptsWithStages } from "#features/generate/stage-prompts.ts";
import { remixed } from "#features/generate/workspaces/remixed.ts";
import { changeWorkspaces } from "#features/generate/workspaces/workspace-store.ts";
import { graphql } from "#gql/gql.ts";
import type { RemixQuery } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { uniqueKey } from "#lib/unique-key.ts";

const RemixDocument = graphql(`
  query Remix($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Run {
        index
        seed
        inputAsset {
          id
          filename
          removedAt
        }
        settings {
          params
          resolution
          flipOrientation
          stages
        }
        job {
          id
          name
          pool
          priority
          workflowVersion {
            id
            number
          }
          workflow {
            id
            name
            category
            inputKind
            currentVersion {
              id
              number
            }
            ...GenerateForm
          }
        }
      }
    }
  }
`);

type Run = Extract<NonNullable<RemixQuery["node"]>, { __typename: "Run" }>;

/**
 * Opens a new workspace with the settings of the run that the address asks for (see lib/remix.ts), once, and says what of
 * them could not come along. @returns whether one is asked for
 */
export function useRemix(isReady: boolean): boolean {
  const [runId, setRunId] = useUrlParam("remix");
  const [{ data, error }] = useQuery({ query: RemixDocument, variables: { id: runId }, pause: runId === "" });
  const done = useRef("");
  const node = data?.node;
  useEffect(() => {
    if (!isReady || runId === "" || done.current === runId) return;
    const isAnswered = data !== undefined && (node === null || node?.id === runId);
    if (!isAnswered && !error) return;
    done.current = runId;
    if (node?.__typename === "Run") open(node);
    else toast.error("These settings can't be opened", { description: error?.message ?? "The run does not exist." });
    setRunId("");
  }, [isReady, runId, data, node, error, setRunId]);
  return runId !== "";
}

function open({ index, seed, inputAsset, settings, job }: Run): void {
  const workflow = readFormWorkflow(job.workflow);
  const { parameters, clips, stageTemplate } = workflow;
  const held = stageTemplate?.stages.length ?? null;
  const slots = promptsWithStages(
    { slots: workflow.slots, clips, stages: stageTemplate?.stages ?? null },
    held === null ? null : (settings.stages ?? held),
  );
  const given = Object.entries(settings.params as Record<string, unknown>).filter(([, value]) => value !== null);
  const values = fieldsOf({ slots, clips, parameters }, Object.fromEntries(given));
  const hasFile = inputAsset && !inputAsset.removedAt;
  changeWorkspaces((all) =>
    remixed(all, uniqueKey(), {
      name: `Remix of ${job.name}`,
      workflow: job.workflow,
      values,
      options: {
        name: job.name,
        pool: job.pool === "default" ? "" : job.pool,
        priority: String(job.priority),
        ...(seed != null && { seedMode: "FIXED", seed: String(seed) }),
        resolution: settings.resolution ?? "",
        flipOrientation: settings.flipOrientation,
        stages: settings.stages == null ? "" : String(settings.stages),
      },
      file: hasFile ? { key: uniqueKey(), name: inputAsset.filename, assetId: inputAsset.id } : null,
    }),
  );
  const locked = slots.filter(
    (slot) => !slot.isUserEditable && (values[slotKey(slot)] ?? "") !== (slot.defaultText ?? ""),
  );
  const { number } = job.workflowVersion;
  const now = job.workflow.currentVersion?.number ?? number;
  const losses = [
    ...(now === number ? [] : [`It was made with version ${number} of ${job.workflow.name}; this is version ${now}.`]),
    ...(locked.length === 0 ? [] : [`${plural(locked.length, "prompt")} can't be written by hand in this workflow.`]),
    ...(inputAsset && !hasFile ? [`Its input ${inputAsset.filename} is gone.`] : []),
  ];
  const title = `Settings of ${job.name}, run ${index + 1}`;
  if (losses.length > 0) toast.warning(title, { description: losses.join(" "), duration: 15_000 });
  else toast.success(title);
}
