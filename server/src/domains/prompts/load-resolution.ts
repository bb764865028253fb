import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/substitute-libraries.ts";
import type { ResolveInput, ResolveSlot, SlotDefault, SlotOverride } from "#domains/prompts/logic/resolution-types.ts";
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
 * One statement, so that neither the number of slots nor that of overrides changes what a preview costs.
 * $3: projects of the viewer, null for all. Without a character overrides and libraries
 * are those of the scene type's project.
 */
const loadStatement = {
  name: "load-resolution",
  text: `
    SELECT wanted.place::int AS place, st.name, st.project_id AS "projectId", st.workflow_version_id AS "workflowVersionId",
      st.fragment_separator AS separator, c.name AS "characterName", c.metadata,
      (SELECT json_agg(json_build_object(
          'id', s.id, 'nodeId', s.node_id, 'inputName', s.input_name, 'label', s.label, 'slotType', s.slot_type,
          'sortOrder', s.sort_order, 'isUserEditable', s.is_user_editable, 'description', s.description,
          'editedDefaultText', s.edited_default_text, 'defaultText', coalesce(s.edited_default_text, t.default_text),
          'isLinked', t.is_linked) ORDER BY s.sort_order, s.id)
        FROM prompt_slot_text t JOIN prompt_slot s ON s.id = t.slot_id
        WHERE t.version_id = st.workflow_version_id) AS slots,
      (SELECT json_agg(json_build_object('slotId', d.slot_id, 'clipPosition', d.clip_position, 'text', d.text))
        FROM scene_prompt_default d WHERE d.scene_type_id = st.id) AS defaults,
      (SELECT json_agg(json_build_object('scope', o.scope, 'slotId', o.slot_id, 'text', o.text, 'fragments', o.fragments))
        FROM prompt_override o
        WHERE o.scene_type_id = st.id AND o.target_id IN (coalesce(c.project_id, st.project_id), c.group_id, c.id)) AS overrides,
      (SELECT json_agg(json_build_object('name', l.name, 'delimiter', l.delimiter, 'maxDepth', l.max_depth, 'entries', l.entries)
          ORDER BY pl.position)
        FROM project_library pl JOIN library l ON l.id = pl.library_id
        WHERE pl.project_id = coalesce(c.project_id, st.project_id)) AS libraries
    FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS wanted(scene_type_id, character_id, place)
    JOIN scene_type st ON st.id = wanted.scene_type_id
      AND ($3::uuid[] IS NULL OR st.project_id IS NULL OR st.project_id = ANY ($3))
    LEFT JOIN "character" c ON c.id = wanted.character_id AND ($3::uuid[] IS NULL OR c.project_id = ANY ($3))`,
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

/** @throws NotFoundError (scene type, character), as if they were not there when the viewer may not see them */
export async function loadResolution(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  target: ResolutionTarget,
): Promise<LoadedResolution> {
  const [row] = await loadRows({ db }, viewer, [target]);
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
): Promise<LoadedRow[]> {
  const projects = viewer.projectIds === "all" ? null : viewer.projectIds;
  const sceneTypeIds = targets.map(({ sceneTypeId }) => sceneTypeId);
  const characterIds = targets.map(({ characterId }) => characterId ?? null);
  const { rows } = await db.pool.query<LoadedRow>({ ...loadStatement, values: [sceneTypeIds, characterIds, projects] });
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
