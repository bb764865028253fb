"use client";

import { CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { Badge } from "#ui/badge.tsx";
import { Select } from "#ui/select.tsx";

const BranchSwitchFields = graphql(`
  fragment BranchSwitch on Branch {
    id
    name
    isActive
    project {
      id
      branches {
        id
        name
      }
    }
  }
`);

/** Which branch this is, and the way to the others. */
export function BranchSwitch(props: { branch: FragmentType<typeof BranchSwitchFields> }) {
  const { id, name, isActive, project } = readFragment(BranchSwitchFields, props.branch);
  const router = useRouter();
  const open = (next: string) => {
    if (mayLeave()) router.push(`/stories/branches/${encodeURIComponent(next)}`);
  };
  return (
    <>
      {project.branches.length > 1 ? (
        <Select
          aria-label="Branch"
          className="w-48"
          value={id}
          onValueChange={open}
          options={project.branches.map((branch) => ({ value: branch.id, label: branch.name }))}
        />
      ) : (
        <span>{`Branch ${name}`}</span>
      )}
      {isActive && (
        <Badge tone="good">
          <CircleCheck aria-hidden />
          Active
        </Badge>
      )}
    </>
  );
}
