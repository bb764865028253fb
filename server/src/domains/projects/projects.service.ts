import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import { parseInput } from "#lib/parse-input.ts";

const createInput = z.object({ name: z.string().trim().min(1, "a project needs a name").max(120) });

/** @throws ValidationError, ConflictError when the name is taken */
export async function createProject({ db }: Pick<Deps, "db">, viewer: Viewer, input: { name: string }) {
  const { name } = parseInput(createInput, input);
  return conflictOnUnique(
    () =>
      db.prisma.project.create({
        data: { name, members: { create: { userId: viewer.userId, role: viewer.role } } },
      }),
    `A project named "${name}" exists already`,
    ["name"],
  );
}
