import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { entriesOf } from "#domains/libraries/libraries.service.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Project } from "#platform/db/generated/client.ts";

/** Each is read whole for every preview. */
const maxAttached = 20;

/**
 * Attaches these libraries to a project, in this order, in place of those it has. Studio-wide ones and the project's own
 * can be attached.
 * @throws NotFoundError (project, library by its position), ValidationError for repeats or too many
 */
export async function setProjectLibraries(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  projectId: string,
  libraryIds: readonly string[],
): Promise<Project> {
  if (libraryIds.length > maxAttached)
    throw ValidationError.at(["libraryIds"], `at most ${maxAttached} libraries can be attached`);
  const repeated = libraryIds.findIndex((id, index) => libraryIds.indexOf(id) < index);
  if (repeated >= 0) throw ValidationError.at(["libraryIds", String(repeated)], "the library is named twice");
  await requireExistingProject({ db }, viewer, projectId);
  return db.prisma.$transaction(async (tx) => {
    // The project's row is the lock: of two who set the list at once, the later one's stands as a whole.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`;
    const found = await tx.library.findMany({
      where: { id: { in: [...libraryIds] }, OR: [{ projectId }, { projectId: null }] },
      select: { id: true },
    });
    const known = new Set(found.map(({ id }) => id));
    const missing = libraryIds.findIndex((id) => !known.has(id));
    if (missing >= 0) throw new NotFoundError("The library", ["libraryIds", String(missing)]);
    await tx.projectLibrary.deleteMany({ where: { projectId } });
    await tx.projectLibrary.createMany({
      data: libraryIds.map((libraryId, position) => ({ projectId, libraryId, position })),
    });
    return tx.project.findUniqueOrThrow({ where: { id: projectId } });
  });
}

/** The libraries attached to a project as substitution reads them. Whether somebody may see the project is for the caller. */
export async function loadProjectLibraries(
  { db }: Pick<Deps, "db">,
  projectId: string,
): Promise<SubstitutionLibrary[]> {
  const attached = await db.prisma.projectLibrary.findMany({
    where: { projectId },
    orderBy: { position: "asc" },
    include: { library: true },
  });
  return attached.map(({ library }) => ({
    name: library.name,
    delimiter: library.delimiter,
    maxDepth: library.maxDepth,
    entries: entriesOf(library),
  }));
}
