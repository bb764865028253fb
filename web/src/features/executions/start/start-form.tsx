"use client";

import { useState } from "react";
import { InputPicture } from "#features/executions/start/input-picture.tsx";
import { SceneMappings } from "#features/executions/start/scene-mappings.tsx";
import { StageFields } from "#features/executions/start/stage-fields.tsx";
import { StartBar } from "#features/executions/start/start-bar.tsx";
import { StartCheck } from "#features/executions/start/start-check.tsx";
import { useStartPreflight } from "#features/executions/start/use-start-preflight.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Panel } from "#ui/panel.tsx";

interface Values {
  inputAssetId: string;
  imageWorkflowId: string;
  videoWorkflowId: string;
  variants: number;
}

interface Props {
  branchId: string;
  projectId: string;
  sceneCount: number;
  /** Of the last film of the branch. */
  last: Values;
}

const mostVariants = 20;

/** Input, workflows and texts of an execution, what stands against it, and its start. */
export function StartForm({ branchId, projectId, sceneCount, last }: Props) {
  const [values, setValues] = useState(last);
  const [variants, setVariants] = useState(String(last.variants));
  /** Null: as the number of variants says. */
  const [pauses, setPauses] = useState<boolean | null>(null);
  const set = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }));
  const count = Number(variants);
  const isCount = Number.isInteger(count) && count >= 1 && count <= mostVariants;
  const { inputAssetId, imageWorkflowId, videoWorkflowId } = values;
  const missing = [
    sceneCount < 2 && "a second scene",
    !inputAssetId && "an input picture",
    !imageWorkflowId && "an image workflow",
    !videoWorkflowId && "a clip workflow",
    !isCount && `a number of images from 1 to ${mostVariants}`,
  ].filter((each): each is string => typeof each === "string");
  const input = {
    branchId,
    inputAssetId,
    images: { workflowId: imageWorkflowId },
    videos: { workflowId: videoWorkflowId },
    variants: count,
  };
  const preflight = useStartPreflight(input, missing.length > 0);
  const pausesForChoice = pauses ?? count > 1;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,360px)] items-start gap-8 max-lg:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-8">
        <Panel title="Input picture">
          <div className="max-w-md">
            <InputPicture
              assetId={inputAssetId}
              projectId={projectId}
              onChange={(assetId) => set({ inputAssetId: assetId ?? "" })}
            />
          </div>
        </Panel>
        <Panel title="Images of each scene">
          <ErrorBoundary name="The image workflow">
            <StageFields
              label="Image workflow"
              category="IMAGE_GEN"
              branchId={branchId}
              workflowId={imageWorkflowId}
              onWorkflowChange={(workflowId) => set({ imageWorkflowId: workflowId })}
            />
          </ErrorBoundary>
          <div className="mt-4 flex flex-wrap items-start gap-6">
            <Field
              label="Images of each scene"
              className="w-44"
              error={isCount ? undefined : `A whole number from 1 to ${mostVariants}.`}
            >
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                max={mostVariants}
                value={variants}
                onChange={({ target }) => setVariants(target.value)}
              />
            </Field>
            <div className="pt-7">
              <Checkbox
                label="Wait for my choice"
                help="Clips are made once you say so. Without it the first images go on."
                checked={pausesForChoice}
                onCheckedChange={setPauses}
              />
            </div>
          </div>
        </Panel>
        <Panel title="Clips from scene to scene">
          <ErrorBoundary name="The clip workflow">
            <StageFields
              label="Clip workflow"
              category="VIDEO_GEN"
              help="It makes a clip from a first and a last picture. Each clip takes the texts of its earlier scene."
              branchId={branchId}
              workflowId={videoWorkflowId}
              onWorkflowChange={(workflowId) => set({ videoWorkflowId: workflowId })}
            />
          </ErrorBoundary>
        </Panel>
        {(imageWorkflowId || videoWorkflowId) && (
          <Disclosure title="Other prompts in single scenes">
            <ErrorBoundary name="The scenes">
              <SceneMappings
                branchId={branchId}
                workflowIds={[imageWorkflowId, videoWorkflowId].filter((id) => id !== "")}
              />
            </ErrorBoundary>
          </Disclosure>
        )}
      </div>
      <aside aria-label="Check and start" className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-4">
        <ErrorBoundary name="The check">
          <StartCheck branchId={branchId} preflight={preflight} missing={missing} />
        </ErrorBoundary>
        <StartBar
          input={{ ...input, pausesForChoice }}
          sceneCount={sceneCount}
          preflight={preflight}
          isIncomplete={missing.length > 0}
        />
      </aside>
    </div>
  );
}
