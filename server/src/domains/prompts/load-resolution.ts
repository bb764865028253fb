import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { clipsWithTextFor } from "#domains/prompts/logic/effective-defaults.ts";
import type {
  ClipPosition,
  ResolveInput,
  ResolveSlot,
  SlotDefault,
  SlotOverride,
} from "#domains/prompts/logic/resolution-types.ts";
import { NotFoundError } from "#lib/domain-error.ts";

export interface ResolutionTarget {
  sceneTypeId: string;
  characterId?: string | undefined;
}

/** A slot as the scene type's workflow version has it, whole enough to be shown. */
export type LoadedSlot = ResolveSlot & { description: string | null; editedDefaultText: string | null };

/** All that is known of one scene type × character: what resolution reads, and what it is about. */
export interface LoadedResolution {
  sceneType: { id: string; name: string; projectId: string | null; workflowVersionId: string };
  slots: LoadedSlot[];
  input: ResolveInput;
}

/**
 * One statement, so that neither the number of slots nor that of overrides changes what a preview costs. Rows as JSON
 * objects are written faster from a subselect than by json_build_object, which looks up the type of every value.
 * Without a character overrides and libraries are those of the scene type's project.
 * $1, $2: scene types and characters. $3: projects of the viewer, null for all. $4: clip positions of the texts, null for all.
 */
const columns = `st.name, st.project_id AS "projectId", st.workflow_version_id AS "workflowVersionId",
      st.fragment_separator AS separator, c.name AS "characterName", c.metadata,
      (SELECT json_agg(slot) FROM (
        SELECT s.id, s.node_id AS "nodeId", s.input_name AS "inputName", s.label, s.slot_type AS "slotType",
          s.sort_order AS "sortOrder", s.is_user_editable AS "isUserEditable", s.description,
          s.edited_default_text AS "editedDefaultText", coalesce(s.edited_default_text, t.default_text) AS "defaultText",
          t.is_linked AS "isLinked"
        FROM prompt_slot_text t JOIN prompt_slot s ON s.id = t.slot_id
        WHERE t.version_id = st.workflow_version_id ORDER BY s.sort_order, s.id) slot) AS slots,
      (SELECT json_agg(entry) FROM (
        SELECT d.slot_id AS "slotId", d.clip_position AS "clipPosition", d.text
        FROM scene_prompt_default d
        WHERE d.scene_type_id = st.id AND ($4::"ClipPosition"[] IS NULL OR d.clip_position = ANY ($4))) entry) AS defaults,
      (SELECT json_agg(override) FROM (
        SELECT o.scope, o.slot_id AS "slotId", o.text, o.fragments
        FROM prompt_override o
        WHERE o.scene_type_id = st.id
          AND o.target_id IN (coalesce(c.project_id, st.project_id), c.group_id, c.id)) override) AS overrides,
      (SELECT json_agg(lib) FROM (
        SELECT l.name, l.delimiter, l.max_depth AS "maxDepth", l.entries
        FROM project_library pl JOIN library l ON l.id = pl.library_id
        WHERE pl.project_id = coalesce(c.project_id, st.project_id) ORDER BY pl.position) lib) AS libraries`;

const manyStatement = {
  name: "load-resolutions",
  text: `
    SELECT wanted.place::int AS place, ${columns}
    FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS wanted(scene_type_id, character_id, place)
    JOIN scene_type st ON st.id = wanted.scene_type_id
      AND ($3::uuid[] IS NULL OR st.project_id IS NULL OR st.project_id = ANY ($3))
    LEFT JOIN "character" c ON c.id = wanted.character_id AND ($3::uuid[] IS NULL OR c.project_id = ANY ($3))`,
};

/**
 * For one target, as previews ask while somebody types. Not the statement for many: with arrays Postgres finds that
 * planning anew each time pays, which takes as long as the statement itself.
 */
const oneStatement = {
  name: "load-resolution",
  text: `
    SELECT 1 AS place, ${columns}
    FROM scene_type st
    LEFT JOIN "character" c ON c.id = $2::uuid AND ($3::uuid[] IS NULL OR c.project_id = ANY ($3))
    WHERE st.id = $1::uuid AND ($3::uuid[] IS NULL OR st.project_id IS NULL OR st.project_id = ANY ($3))`,
};

interface LoadedRow {
  /** From 1. */
  place: number;
  name: string;
  projectId: string | null;
  workflowVersionId: string;
  separator: string;
  characterName: string | null;
  metadata: Record<string, string> | null;
  slots: LoadedSlot[] | null;
  defaults: SlotDefault[] | null;
  overrides: SlotOverride[] | null;
  libraries: SubstitutionLibrary[] | null;
}

/**
 * @param clip only texts for it are wanted; those of every clip unless said
 * @throws NotFoundError (scene type, character), as if they were not there when the viewer may not see them
 */
export async function loadResolution(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  target: ResolutionTarget,
  clip?: ClipPosition,
): Promise<LoadedResolution> {
  const [row] = await loadRows({ db }, viewer, [target], clip);
  if (!row) throw new NotFoundError("The scene type", ["sceneTypeId"]);
  if (target.characterId !== undefined && row.characterName === null)
    throw new NotFoundError("The character", ["characterId"]);
  return toLoaded(target.sceneTypeId, row);
}

/** Of many scene types × characters at once, in one statement; null where the viewer may not see one of the two. */
export async function loadResolutions(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  targets: readonly Required<ResolutionTarget>[],
): Promise<(LoadedResolution | null)[]> {
  if (targets.length === 0) return [];
  const rows = new Map((await loadRows(deps, viewer, targets)).map((row) => [row.place, row]));
  return targets.map(({ sceneTypeId }, index) => {
    const row = rows.get(index + 1);
    return row && row.characterName !== null ? toLoaded(sceneTypeId, row) : null;
  });
}

async function loadRows(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  targets: readonly ResolutionTarget[],
  clip?: ClipPosition,
): Promise<LoadedRow[]> {
  const projects = viewer.projectIds === "all" ? null : viewer.projectIds;
  const sceneTypeIds = targets.map(({ sceneTypeId }) => sceneTypeId);
  const characterIds = targets.map(({ characterId }) => characterId ?? null);
  const values = targets.length === 1 ? [sceneTypeIds[0], characterIds[0]] : [sceneTypeIds, characterIds];
  const { rows } = await db.pool.query<LoadedRow>({
    ...(targets.length === 1 ? oneStatement : manyStatement),
    values: [...values, projects, clip === undefined ? null : clipsWithTextFor(clip)],
  });
  return rows;
}

function toLoaded(sceneTypeId: string, row: LoadedRow): LoadedResolution {
  const slots = row.slots ?? [];
  return {
    sceneType: { id: sceneTypeId, name: row.name, projectId: row.projectId, workflowVersionId: row.workflowVersionId },
    slots,
    input: {
      slots,
      defaults: row.defaults ?? [],
      character: row.characterName === null ? null : { name: row.characterName, metadata: row.metadata ?? {} },
      overrides: row.overrides ?? [],
      libraries: row.libraries ?? [],
      clipPosition: "FULL_CLIP",
      separator: row.separator,
    },
  };
}

/** What the pure resolution reads, for one scene type and perhaps a character. @throws NotFoundError */
export async function loadResolveInput(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  target: ResolutionTarget,
): Promise<ResolveInput> {
  return (await loadResolution(deps, viewer, target)).input;
}
