import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { OverrideScope } from "#platform/db/generated/enums.ts";

/** Whom overrides are for. */
export interface OverrideTarget {
  sceneTypeId: string;
  scope: OverrideScope;
  /** A project, a group or a character, as the scope says. */
  targetId: string;
}

/** Type of the global id that a target of this scope has. */
export const targetTypes: Record<OverrideScope, string> = {
  PROJECT: "Project",
  GROUP: "CharacterGroup",
  CHARACTER: "Character",
};

const targetWords: Record<OverrideScope, string> = {
  PROJECT: "The project",
  GROUP: "The character group",
  CHARACTER: "The character",
};

/** @throws NotFoundError when there is none that the viewer may see */
export async function requireTarget(
  prisma: PrismaTx,
  viewer: Viewer,
  { scope, targetId }: Pick<OverrideTarget, "scope" | "targetId">,
  path: string[] = ["targetId"],
): Promise<void> {
  const inProject = { AND: [{ id: targetId }, ofProject(viewer)] };
  const project = { AND: [{ id: targetId }, viewer.projectIds === "all" ? {} : { id: { in: viewer.projectIds } }] };
  const select = { id: true } as const;
  const found = await {
    PROJECT: () => prisma.project.findFirst({ where: project, select }),
    GROUP: () => prisma.characterGroup.findFirst({ where: inProject, select }),
    CHARACTER: () => prisma.character.findFirst({ where: inProject, select }),
  }[scope]();
  if (!found) throw new NotFoundError(targetWords[scope], path);
}
