"use client";

import { useAssign } from "#features/prompts/characters/use-assign.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { Select } from "#ui/select.tsx";

interface Props {
  selected: readonly { id: string; projectId: string }[];
  groups: readonly { id: string; name: string; project: { id: string } }[];
  onDone: () => void;
}

const outOf = "none";

/** What can be done with the selected characters. */
export function AssignBar({ selected, groups, onDone }: Props) {
  const { assign, isPending, failure } = useAssign();
  if (selected.length === 0) return null;
  const projectId = selected[0]?.projectId;
  const isOneProject = selected.every((each) => each.projectId === projectId);
  const choices = isOneProject ? groups.filter(({ project }) => project.id === projectId) : [];
  const move = async (choice: string) => {
    if (!choice) return;
    const ids = selected.map(({ id }) => id);
    if (await assign(ids, choice === outOf ? null : choice)) onDone();
  };
  return (
    <div className="sticky bottom-8 z-10 -mx-3 mt-4 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="grow text-accent-ink">
          {`${plural(selected.length, "character")} selected`}
          {!isOneProject && <span className="text-ink-2"> of several projects, which share no group</span>}
        </p>
        <Button variant="quiet" onClick={onDone}>
          Clear
        </Button>
        <Select
          aria-label="Move to group"
          className="w-56"
          value=""
          needs="CREATOR"
          disabled={isPending}
          onValueChange={(choice) => void move(choice)}
          options={[
            { value: "", label: "Move to group …" },
            ...choices.map(({ id, name }) => ({ value: id, label: name })),
            { value: outOf, label: "Into no group" },
          ]}
        />
      </div>
      <FailureNotice failure={failure} />
    </div>
  );
}
