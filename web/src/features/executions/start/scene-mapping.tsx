"use client";

import { useSetMapping } from "#features/executions/start/use-mapping.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Field } from "#ui/field.tsx";
import { Link } from "#ui/link.tsx";
import { Select } from "#ui/select.tsx";

const SceneMappingFields = graphql(`
  fragment SceneMapping on Scene {
    id
    number
    title
    promptNames
    slotPrompts {
      name
      slot {
        id
      }
    }
  }
`);

interface Props {
  scene: FragmentType<typeof SceneMappingFields>;
  /** With what they take in the branch; empty: the workflow's text. */
  slots: readonly { id: string; label: string; branchName: string }[];
  /** The mapping was changed. */
  onSet: () => void;
}

/** What the slots take in one scene. */
export function SceneMapping({ scene, slots, onSet }: Props) {
  const { id, number, title, promptNames, slotPrompts } = readFragment(SceneMappingFields, scene);
  const { set, isPending, failure } = useSetMapping({ sceneId: id }, onSet);
  return (
    <li className="flex flex-col gap-2 border-b py-3">
      <p className="flex flex-wrap gap-x-3">
        <span className="font-medium">{`${number}. ${title}`}</span>
        <Link
          href={`/stories/scenes/${encodeURIComponent(id)}/prompts`}
          className="text-ink-2 underline underline-offset-2"
        >
          Its prompts
        </Link>
      </p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(200px,100%),1fr))] items-start gap-x-6 gap-y-3">
        {slots.map(({ id: slotId, label, branchName }) => {
          const own = slotPrompts.find(({ slot }) => slot.id === slotId)?.name ?? "";
          const taken = own || branchName;
          const isMissing = taken !== "" && !promptNames.includes(taken);
          return (
            <Field
              key={slotId}
              label={
                <>
                  {label}
                  <span className="sr-only">{` in scene ${number}`}</span>
                </>
              }
              error={isMissing ? `This scene has no “${taken}”.` : undefined}
            >
              <Select
                needs="CREATOR"
                value={own}
                disabled={isPending}
                onValueChange={(name) => set(slotId, name)}
                options={[
                  { value: "", label: `As the branch: ${branchName || "the workflow’s text"}` },
                  ...(own !== "" && isMissing ? [{ value: own, label: `${own} (missing)` }] : []),
                  ...promptNames.map((name) => ({ value: name, label: name })),
                ]}
              />
            </Field>
          );
        })}
      </div>
      <FailureNotice failure={failure} />
    </li>
  );
}
