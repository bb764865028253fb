import type { Deps } from "#app/deps.ts";
import { ofProject, ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { lockTargets } from "#domains/prompts/lock-targets.ts";
import { refreshEntries } from "#domains/prompts/logic/fragment-entries.ts";
import { fragmentsOf } from "#domains/prompts/merge-entries.ts";
import { type OverrideTarget, requireTarget } from "#domains/prompts/override-target.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Prisma, PromptOverride } from "#platform/db/generated/client.ts";

/** One override, or all of a scene type, of a target, or of both. */
export type RefreshRequest =
  | { overrideId: string }
  | { [Key in keyof OverrideTarget]?: OverrideTarget[Key] | undefined };

export interface Refreshed {
  /** Those that changed. */
  overrides: PromptOverride[];
  refreshedCount: number;
}

/** Bounds what one transaction locks. */
const maxOverrides = 10_000;

/**
 * Brings the copied texts of fragment references up to what the library says now; deleted fragments leave their text. The
 * number of statements does not depend on that of the overrides.
 * @throws NotFoundError (override, scene type, target), ValidationError when nothing or too much is asked for
 */
export async function refreshOverrideFragments(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  request: RefreshRequest,
): Promise<Refreshed> {
  return db.prisma.$transaction(
    async (tx) => {
      if (!("overrideId" in request)) {
        const { sceneTypeId, scope, targetId } = request;
        if (sceneTypeId === undefined && targetId === undefined)
          throw ValidationError.at(["sceneTypeId"], "name an override, a scene type or a target");
        if (sceneTypeId !== undefined) await requireSceneType(tx, viewer, sceneTypeId);
        if (targetId !== undefined && scope !== undefined) await requireTarget(tx, viewer, { scope, targetId });
      }
      const where = { AND: [whereOf(request), visibleTo(viewer)] };
      const targets = await tx.promptOverride.findMany({
        where,
        select: { targetId: true, sceneTypeId: true },
        take: maxOverrides + 1,
      });
      if (targets.length > maxOverrides)
        throw ValidationError.at(["sceneTypeId"], `more than ${maxOverrides} overrides; refresh them by target`);
      if ("overrideId" in request && targets.length === 0) throw new NotFoundError("The override", ["overrideId"]);
      await lockTargets(tx, targets);
      const stored = await tx.promptOverride.findMany({ where, orderBy: { id: "asc" } });
      const ids = new Set(
        stored.flatMap((override) => fragmentsOf(override).flatMap(({ fragmentId }) => fragmentId ?? [])),
      );
      const library = await tx.fragment.findMany({ where: { id: { in: [...ids] } }, select: { id: true, text: true } });
      const texts = new Map(library.map(({ id, text }) => [id, text]));
      let refreshedCount = 0;
      const changed = stored.flatMap((override) => {
        const { entries, refreshed } = refreshEntries(fragmentsOf(override), texts);
        refreshedCount += refreshed;
        return refreshed === 0 ? [] : [{ ...override, fragments: entries }];
      });
      if (changed.length > 0) {
        const rows = changed.map(({ id, fragments }) => ({ id, fragments }));
        await tx.$executeRaw`
          UPDATE prompt_override o SET fragments = given.fragments, updated_at = now()
          FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, fragments jsonb) WHERE o.id = given.id`;
      }
      return { overrides: changed, refreshedCount };
    },
    { maxWait: 15_000, timeout: 60_000 },
  );
}

function whereOf(request: RefreshRequest): Prisma.PromptOverrideWhereInput {
  if ("overrideId" in request) return { id: request.overrideId };
  const { sceneTypeId, targetId } = request;
  return {
    ...(sceneTypeId === undefined ? {} : { sceneTypeId }),
    ...(targetId === undefined ? {} : { targetId }),
  };
}

/** A studio-wide scene type has overrides of projects that the viewer may not see. */
function visibleTo(viewer: Viewer): Prisma.PromptOverrideWhereInput {
  if (viewer.projectIds === "all") return {};
  const inProject = ofProject(viewer);
  return { sceneType: ofProjectOrStudio(viewer), OR: [inProject, { group: inProject }, { character: inProject }] };
}
