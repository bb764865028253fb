"use client";

import { Plus, X } from "lucide-react";
import type { Role } from "#gql/graphql.ts";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { roleOptions } from "#lib/roles.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";

export interface ChosenProject {
  /** Empty until one is chosen. */
  projectId: string;
  role: Role;
}

interface InviteProjectsProps {
  /** In the studio: whoever may only look there may only look in a project, too. */
  studioRole: Role;
  projects: readonly ChosenProject[];
  onChange: (projects: readonly ChosenProject[]) => void;
}

/** The projects that an invitation leads into, each with the role there. */
export function InviteProjects({ studioRole, projects, onChange }: InviteProjectsProps) {
  const set = (index: number, part: Partial<ChosenProject>) =>
    onChange(projects.map((project, at) => (at === index ? { ...project, ...part } : project)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-ink-2">Projects</legend>
      {projects.map(({ projectId, role }, index) => (
        <div key={index} className="flex items-center gap-2">
          <ProjectPicker
            label={`Project ${index + 1}`}
            className="min-w-0 grow"
            value={projectId}
            placeholder="Choose a project"
            onValueChange={(next) => set(index, { projectId: next })}
          />
          <Select
            aria-label={`Role in project ${index + 1}`}
            className="w-32"
            value={role}
            options={roleOptions}
            onValueChange={(next) => set(index, { role: next as Role })}
          />
          <IconButton
            label={`Leave project ${index + 1} out`}
            icon={<X />}
            onClick={() => onChange(projects.filter((_project, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        disabled={projects.length >= 50}
        onClick={() => onChange([...projects, { projectId: "", role: studioRole }])}
      >
        <Plus aria-hidden />
        Add project
      </Button>
    </fieldset>
  );
}
