"use client";

import { useMapping, useSetMapping } from "#features/executions/start/use-mapping.ts";
import type { WorkflowCategory } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { WorkflowPicker } from "#lib/graphql/pickers/workflow-picker.tsx";
import { Field } from "#ui/field.tsx";
import { Link } from "#ui/link.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

interface Props {
  label: string;
  help?: string;
  category: WorkflowCategory;
  branchId: string;
  workflowId: string;
  onWorkflowChange: (workflowId: string) => void;
}

/** The workflow of a stage, and which prompt each of its slots takes. */
export function StageFields({ label, help, category, branchId, workflowId, onWorkflowChange }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <Field label={label} help={help}>
        <WorkflowPicker
          label={label}
          categories={[category]}
          value={workflowId}
          placeholder="Choose a workflow"
          onValueChange={(id) => onWorkflowChange(id)}
        />
      </Field>
      {workflowId && <SlotMappings key={workflowId} branchId={branchId} workflowId={workflowId} />}
    </div>
  );
}

function SlotMappings({ branchId, workflowId }: { branchId: string; workflowId: string }) {
  const { slots, names, nameOf, refetch } = useMapping(branchId, workflowId);
  const { set, isPending, failure } = useSetMapping({ branchId }, refetch);
  if (!slots) return <SkeletonRows count={2} className="h-14" />;
  if (slots.length === 0) return <p className="text-ink-3">This workflow takes no prompts.</p>;
  return (
    <>
      <ul
        aria-label="Prompts"
        className="grid grid-cols-[repeat(auto-fill,minmax(min(240px,100%),1fr))] items-start gap-x-6 gap-y-4"
      >
        {slots.map(({ id, label, defaultText }) => {
          const name = nameOf(id);
          const known = names.find((each) => each.name === name);
          return (
            <li key={id}>
              <Field
                label={label}
                help={
                  name === ""
                    ? `The workflow’s own text: ${defaultText?.trim() ? `“${shorten(defaultText)}”` : "none"}`
                    : known && known.missingCount > 0 && `Missing in ${plural(known.missingCount, "scene")}`
                }
                error={name !== "" && !known ? `No scene has “${name}”; choose another, or write it.` : undefined}
              >
                <Select
                  needs="CREATOR"
                  value={name}
                  disabled={isPending}
                  onValueChange={(next) => set(id, next)}
                  options={[
                    { value: "", label: "Text of the workflow" },
                    ...(name !== "" && !known ? [{ value: name, label: `${name} (missing)` }] : []),
                    ...names.map((each) => ({ value: each.name, label: each.name })),
                  ]}
                />
              </Field>
            </li>
          );
        })}
      </ul>
      {names.length === 0 && (
        <p className="text-ink-2">
          {"Neither the branch nor its scenes have prompts yet. "}
          <Link
            href={`/stories/branches/${encodeURIComponent(branchId)}/prompts`}
            className="underline underline-offset-2"
          >
            Write some
          </Link>
        </p>
      )}
      <FailureNotice failure={failure} />
    </>
  );
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
