"use client";

import { useAssign } from "#features/prompts/characters/use-assign.ts";
import type { Role } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Select } from "#ui/select.tsx";

export interface SelectedCharacter {
  id: string;
  project: { id: string; viewerRole: Role };
}

interface Props {
  selected: readonly SelectedCharacter[];
  groups: readonly { id: string; name: string; project: { id: string } }[];
  onDone: () => void;
}

const outOf = "none";

/** What can be done with the selected characters. */
export function AssignBar({ selected, groups, onDone }: Props) {
  const { assign, isPending, failure } = useAssign();
  const [first] = selected;
  if (!first) return null;
  const isOneProject = selected.every(({ project }) => project.id === first.project.id);
  const choices = isOneProject ? groups.filter(({ project }) => project.id === first.project.id) : [];
  // They move together or not at all: one that stays keeps the others.
  const fixed = selected.find(({ project }) => project.viewerRole === "VIEWER");
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
        <ProjectAccess role={(fixed ?? first).project.viewerRole}>
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
        </ProjectAccess>
      </div>
      <FailureNotice failure={failure} />
    </div>
  );
}
