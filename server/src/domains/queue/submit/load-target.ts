import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import type { AddressableSlot } from "#domains/queue/logic/build/slot-addresses.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { applyEdits, type ParameterEdit } from "#domains/workflows/logic/parameter-edits.ts";
import { emptyRecipe, type RunRecipe } from "#domains/workflows/logic/recipe.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import type { InputKind, WorkflowCategory } from "#platform/db/generated/enums.ts";

export type TargetSlot = AddressableSlot & {
  defaultText: string | null;
  isLinked: boolean;
};

/** The workflow version that is submitted, with all that planning needs. */
export interface SubmitTarget {
  workflowId: string;
  workflowName: string;
  category: WorkflowCategory;
  inputKind: InputKind;
  versionId: string;
  /** Labels that machines must have to run it. */
  requiredLabels: string[];
  graph: ApiGraph;
  parameters: WorkflowParameter[];
  recipe: RunRecipe;
  slots: TargetSlot[];
}

interface TargetRow extends Omit<SubmitTarget, "graph" | "parameters" | "recipe" | "slots"> {
  ownerId: string;
  graph: string;
  parameters: string;
  recipe: string | null;
  edits: string | null;
  slots: TargetSlot[] | null;
}

const columns = `
  SELECT w.id AS "workflowId", w.name AS "workflowName", w.category, w.input_kind AS "inputKind", w.required_labels AS "requiredLabels", v.id AS "versionId",
    v.workflow_id AS "ownerId", v.parameters, v.recipe, p.edits, g.json AS graph,
    (SELECT json_agg(json_build_object('id', s.id, 'nodeId', s.node_id, 'inputName', s.input_name, 'label', s.label,
        'slotType', s.slot_type, 'sortOrder', s.sort_order, 'isUserEditable', s.is_user_editable, 'isLinked', t.is_linked,
        'defaultText', coalesce(s.edited_default_text, t.default_text)) ORDER BY s.sort_order, s.id)
      FROM prompt_slot_text t JOIN prompt_slot s ON s.id = t.slot_id WHERE t.version_id = v.id) AS slots`;

/** One statement: a submit waits for it, and clicks come one at a time. */
const loadStatement = `${columns}
  FROM workflow w
  LEFT JOIN workflow_version v ON v.id = coalesce($2::uuid, w.current_version_id)
  LEFT JOIN workflow_graph g ON g.version_id = v.id
  LEFT JOIN workflow_parameters p ON p.workflow_id = w.id
  WHERE w.id = $1`;

/** @throws NotFoundError, ValidationError when the version is another workflow's */
export async function loadTarget(
  client: Pick<pg.Pool, "query">,
  workflowId: string,
  versionId: string | undefined,
): Promise<SubmitTarget> {
  const { rows } = await client.query<TargetRow>({
    name: "load-target",
    text: loadStatement,
    values: [workflowId, versionId ?? null],
  });
  const row = rows[0];
  if (!row) throw new NotFoundError("The workflow", ["workflowId"]);
  if (row.versionId === null) throw new NotFoundError("The workflow version", ["workflowVersionId"]);
  if (row.ownerId !== workflowId)
    throw ValidationError.at(["workflowVersionId"], "this version belongs to another workflow");
  return read(row);
}

/** Versions with all that planning needs, by their ids: one statement, however many. */
export async function loadVersions(
  { db }: Pick<Deps, "db">,
  versionIds: readonly string[],
): Promise<Map<string, SubmitTarget>> {
  const { rows } = await db.pool.query<TargetRow>(
    `${columns}
     FROM workflow_version v JOIN workflow w ON w.id = v.workflow_id
     LEFT JOIN workflow_graph g ON g.version_id = v.id
     LEFT JOIN workflow_parameters p ON p.workflow_id = w.id
     WHERE v.id = ANY($1::uuid[])`,
    [versionIds],
  );
  return new Map(rows.map((row) => [row.versionId, read(row)]));
}

function read({ ownerId: _owner, graph: json, parameters, recipe, edits, slots, ...target }: TargetRow): SubmitTarget {
  const graph = parseJson(json) as unknown as ApiGraph;
  const found = parseJson(parameters) as unknown as WorkflowParameter[];
  const changes = parseJson(edits ?? "[]") as unknown as ParameterEdit[];
  return {
    ...target,
    graph,
    parameters: changes.length > 0 ? applyEdits(found, changes, graph).parameters : found,
    recipe: recipe === null ? emptyRecipe : (parseJson(recipe) as unknown as RunRecipe),
    slots: slots ?? [],
  };
}
