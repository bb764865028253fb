import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { requireProject, type Viewer } from "#domains/accounts/viewer.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";

const createInput = z.object({ name: storableText(120).trim().min(1, "a project needs a name") });

/** @throws ValidationError, ConflictError when the name is taken */
export async function createProject({ db }: Pick<Deps, "db">, viewer: Viewer, input: { name: string }) {
  const { name } = parseInput(createInput, input);
  return conflictOnUnique(
    () =>
      db.prisma.project.create({
        data: { name, members: { create: { userId: viewer.userId, role: "ADMIN" } } },
      }),
    `A project named "${name}" exists already`,
    ["name"],
  );
}

/** For whoever is about to write into a project. @throws NotFoundError when there is none that the viewer may see */
export async function requireExistingProject(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  projectId: string,
  path: string[] = ["projectId"],
): Promise<void> {
  requireProject(viewer, projectId, path);
  const found = await db.prisma.project.findUnique({ where: { id: projectId }, select: { id: true } });
  if (!found) throw new NotFoundError("The project", path);
}
