import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { isOptionSource } from "#domains/machines/machine-options.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { checkParameter } from "#domains/workflows/logic/check-parameter.ts";
import { labelOf } from "#domains/workflows/logic/definition/declared-parameters.ts";
import { parameterCategories, widgets } from "#domains/workflows/logic/definition/definition-schema.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { ParameterChange, ParameterEdit } from "#domains/workflows/logic/parameter-edits.ts";
import { defaultWidget } from "#domains/workflows/logic/default-widget.ts";
import { reconcileParameters, readEdits } from "#domains/workflows/reconcile-parameters.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { isPlainKey, reservedKeyMessage } from "#lib/plain-key.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/** Parameters that people add to one workflow, at most. */
const maxEdits = 500;

const types = ["TEXT", "INT", "FLOAT", "BOOLEAN", "SELECT", "IMAGE", "VIDEO", "AUDIO", "SEED"] as const;
const value = z.custom<JsonValue>((given) => given !== undefined);
const number = z.number().finite().nullable();
const changeSchema = z.object({
  label: storableText(200).trim().min(1, "a parameter needs a label").optional(),
  type: z.enum(types).optional(),
  default: value.nullable().optional(),
  min: number.optional(),
  max: number.optional(),
  step: number.optional(),
  options: z.array(storableText(500)).min(1).max(2_000).nullable().optional(),
  category: z.enum(parameterCategories).optional(),
  bindings: z
    .array(z.object({ nodeId: storableText(200), inputName: storableText(200) }))
    .min(1, "name at least one input")
    .max(500)
    .optional(),
  ui: z
    .object({
      widget: z.enum(widgets, `must be one of ${widgets.join(", ")}`).optional(),
      multiline: z.boolean().optional(),
      placeholder: storableText(500).nullable().optional(),
      help: storableText(1_000).nullable().optional(),
      group: storableText(80).nullable().optional(),
      order: z.number().int().min(0).max(100_000).optional(),
      optionsSource: storableText(200)
        .refine(isOptionSource, "is no list of a machine; give one such as loras, or Class.input")
        .nullable()
        .optional(),
      visibleWhen: z
        .object({ key: storableText(80), equals: value })
        .nullable()
        .optional(),
    })
    .optional(),
});
const keySchema = z
  .string()
  .regex(/^[A-Za-z_][\w.-]{0,79}$/, "must begin with a letter and hold letters, digits, _ . and - only")
  .refine(isPlainKey, reservedKeyMessage);

export type ParameterInput = { [Key in keyof z.input<typeof changeSchema>]?: unknown };

type EditDeps = Pick<Deps, "db">;
interface State {
  graph: ApiGraph;
  slots: ParameterBinding[];
  edits: ParameterEdit[];
  parameters: WorkflowParameter[];
}

/** @throws NotFoundError, ValidationError */
export async function updateParameter(
  deps: EditDeps,
  workflowId: string,
  key: string,
  input: ParameterInput,
): Promise<WorkflowParameter> {
  const change = defined(parseInput(changeSchema, input)) as ParameterChange;
  const parameters = await edit(deps, workflowId, (state) => {
    const known = state.parameters.find((parameter) => parameter.key === key);
    if (!known) throw new NotFoundError("The parameter", ["key"]);
    const merged = { ...known, ...change, ui: { ...known.ui, ...change.ui } };
    const checked = check(merged, state, "default" in change);
    // As its type has it: the text that a form gives becomes a number.
    const stored = "default" in change ? { ...change, default: checked.default } : change;
    return withChange(state.edits, known, stored);
  });
  return found(parameters, key);
}

/** @throws NotFoundError, ValidationError, ConflictError when the key is taken */
export async function addParameter(
  deps: EditDeps,
  workflowId: string,
  key: string,
  input: ParameterInput,
): Promise<WorkflowParameter> {
  parseInput(z.object({ key: keySchema }), { key });
  const given = defined(parseInput(changeSchema, input)) as ParameterChange;
  const { type, bindings } = given;
  if (type === undefined) throw ValidationError.at(["type"], "a new parameter needs a type");
  if (bindings === undefined) throw ValidationError.at(["bindings"], "a new parameter needs the inputs that it sets");
  const parameters = await edit(deps, workflowId, (state) => {
    const isTaken = state.parameters.some((parameter) => parameter.key === key);
    if (isTaken) throw new ConflictError(`There is a parameter ${key} already`, "CONFLICT", ["key"]);
    const { ui, ...fields } = given;
    const parameter = check(
      {
        key,
        label: labelOf(key),
        default: null,
        min: null,
        max: null,
        step: null,
        options: null,
        category: "generation",
        ...fields,
        type,
        bindings,
        ui: {
          widget: defaultWidget(type),
          multiline: false,
          placeholder: null,
          help: null,
          group: null,
          order: state.parameters.length,
          optionsSource: null,
          visibleWhen: null,
          ...ui,
        },
      },
      state,
      true,
    );
    // One that was removed and is added anew is the new one.
    return [
      ...state.edits.filter((each) => each.key !== key || each.kind === "REMOVED"),
      { kind: "ADDED", key, parameter },
    ];
  });
  return found(parameters, key);
}

/** An added parameter goes for good; a found one stays away until it is reset. @throws NotFoundError */
export async function removeParameter(deps: EditDeps, workflowId: string, key: string): Promise<void> {
  await edit(deps, workflowId, ({ edits, parameters }) => {
    const known = parameters.find((parameter) => parameter.key === key);
    if (!known) throw new NotFoundError("The parameter", ["key"]);
    const own = edits.find((each) => each.key === key && each.kind !== "REMOVED");
    const others = edits.filter((each) => each !== own);
    if (own?.kind === "ADDED") return others;
    return [...others, { kind: "REMOVED", key, anchor: own?.anchor ?? known.bindings }];
  });
}

/** Puts the named ones first, in this order; the others follow in theirs. @throws NotFoundError, ValidationError */
export async function reorderParameters(deps: EditDeps, workflowId: string, keys: readonly string[]): Promise<void> {
  if (new Set(keys).size < keys.length) throw ValidationError.at(["keys"], "a key is there twice");
  await edit(deps, workflowId, ({ edits, parameters }) => {
    const first = keys.map((key, index) => {
      const known = parameters.find((parameter) => parameter.key === key);
      if (!known) throw new NotFoundError("The parameter", ["keys", String(index)]);
      return known;
    });
    const ordered = [...first, ...parameters.filter((parameter) => !keys.includes(parameter.key))];
    return ordered.reduce((all, parameter, order) => withChange(all, parameter, { ui: { order } }), edits);
  });
}

/** Gives up what people changed: of the named parameters, or of all. @throws NotFoundError */
export async function resetParameters(
  deps: EditDeps,
  workflowId: string,
  keys: readonly string[] | undefined,
): Promise<void> {
  await edit(deps, workflowId, ({ edits, parameters }) => {
    if (!keys) return [];
    for (const [index, key] of keys.entries()) {
      if (![...edits, ...parameters].some((each) => each.key === key))
        throw new NotFoundError("The parameter", ["keys", String(index)]);
    }
    return edits.filter((each) => !keys.includes(each.key));
  });
}

/** Edits of one workflow, and imports of it, wait for each other. */
async function edit(
  { db }: EditDeps,
  workflowId: string,
  change: (state: State) => ParameterEdit[],
): Promise<WorkflowParameter[]> {
  return db.prisma.$transaction(async (tx) => {
    const version = await currentVersion(tx, workflowId);
    const edits = await readEdits(tx, workflowId);
    const before = await reconcileParameters(tx, workflowId, version, edits);
    const slots = await tx.promptSlot.findMany({
      where: { texts: { some: { versionId: version.id } } },
      select: { nodeId: true, inputName: true },
    });
    const next = change({ graph: version.graph, slots, edits, parameters: before.parameters });
    if (next.length > maxEdits)
      throw ValidationError.at(["key"], `a workflow has at most ${maxEdits} edited parameters`);
    return (await reconcileParameters(tx, workflowId, version, next)).parameters;
  });
}

async function currentVersion(tx: PrismaTx, workflowId: string) {
  await tx.$executeRaw`SELECT 1 FROM workflow WHERE id = ${workflowId}::uuid FOR UPDATE`;
  const workflow = await tx.workflow.findUnique({
    where: { id: workflowId },
    select: { currentVersion: { select: { id: true, parameters: true, graph: { select: { json: true } } } } },
  });
  const version = workflow?.currentVersion;
  if (!version) throw new NotFoundError("The workflow", ["workflowId"]);
  return {
    id: version.id,
    parameters: version.parameters,
    graph: parseJson(version.graph?.json ?? "{}") as unknown as ApiGraph,
  };
}

/** The edits with one more change of a parameter, laid over those it has. */
function withChange(edits: ParameterEdit[], known: WorkflowParameter, change: ParameterChange): ParameterEdit[] {
  const own = edits.find((each) => each.key === known.key && each.kind !== "REMOVED");
  if (own?.kind === "ADDED") {
    const parameter = { ...own.parameter, ...change, ui: { ...own.parameter.ui, ...change.ui } };
    return edits.map((each) => (each === own ? { ...own, parameter } : each));
  }
  const before = own?.kind === "CHANGED" ? own.change : {};
  const ui = { ...before.ui, ...change.ui };
  const merged = { ...before, ...change, ...(Object.keys(ui).length > 0 ? { ui } : {}) };
  const anchor = own?.kind === "CHANGED" ? own.anchor : known.bindings;
  const next: ParameterEdit = { kind: "CHANGED", key: known.key, anchor, change: merged };
  return own ? edits.map((each) => (each === own ? next : each)) : [...edits, next];
}

function check(parameter: WorkflowParameter, state: State, isDefaultGiven: boolean): WorkflowParameter {
  const otherKeys = state.parameters.map(({ key }) => key).filter((key) => key !== parameter.key);
  const checked = checkParameter(parameter, { ...state, otherKeys }, isDefaultGiven);
  if (checked.issues.length > 0) throw new ValidationError(checked.issues);
  return checked.parameter;
}

function found(parameters: readonly WorkflowParameter[], key: string): WorkflowParameter {
  const parameter = parameters.find((each) => each.key === key);
  if (!parameter) throw new NotFoundError("The parameter", ["key"]);
  return parameter;
}

/** Without the fields that were not given. */
function defined(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, each]: [string, unknown]) => {
      if (each === undefined) return [];
      return [[name, name === "ui" && each !== null ? defined(each) : each]];
    }),
  );
}
