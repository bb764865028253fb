import { inputOf, isLink, linksOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { passThroughOf } from "#domains/workflows/logic/bypass.ts";
import type { RawDefinition, RawSwitchState } from "#domains/workflows/logic/definition/definition-schema.ts";
import { labelOf } from "#domains/workflows/logic/definition/declared-parameters.ts";
import { bindingsOf, type DefinitionContext, isNode, note } from "#domains/workflows/logic/definition/places.ts";
import { definitionOf, inputDefinition } from "#domains/workflows/logic/node-definitions.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { GraphSwitch, SwitchState } from "#domains/workflows/logic/recipe.ts";
import { isJsonObject, type JsonValue } from "#lib/json.ts";
import { stateParameter } from "#domains/workflows/logic/virtual-parameter.ts";

/** Key of the parameter when a definition lists states without naming what they are states of. */
const onlySwitch = "state";

type RawSwitch = {
  label?: string | undefined;
  help?: string | undefined;
  group?: string | undefined;
  default?: string | undefined;
  states: Record<string, RawSwitchState>;
};

/** The switches of a definition, each with the SELECT parameter that chooses its state; the first is the default. */
export function readSwitchStates(
  context: DefinitionContext,
  raw: RawDefinition["switch_states"],
): { switches: GraphSwitch[]; parameters: WorkflowParameter[] } {
  const switches: GraphSwitch[] = [];
  const parameters: WorkflowParameter[] = [];
  for (const [key, { path, ...given }] of namedSwitches(raw)) {
    const options = Object.keys(given.states);
    const [first] = options;
    if (first === undefined) {
      note(context, path, `${path.join(".")}: a switch has at least one state.`);
      continue;
    }
    if (given.default !== undefined && !options.includes(given.default)) {
      note(
        context,
        [...path, "default"],
        `${path.join(".")}: the default ${given.default} is none of ${options.join(", ")}.`,
      );
    }
    const states = Object.entries(given.states).map(([name, state]) =>
      readState(context, name, state, [...path, name]),
    );
    switches.push({ key, states });
    parameters.push(
      stateParameter({
        key,
        label: given.label ?? labelOf(key),
        default: given.default ?? first,
        options,
        help: given.help,
        group: given.group ?? "Mode",
      }),
    );
  }
  return { switches, parameters };
}

function namedSwitches(raw: RawDefinition["switch_states"]): [string, RawSwitch & { path: string[] }][] {
  const isSwitch = (each: object): each is RawSwitch => "states" in each;
  const entries = Object.entries(raw) as [string, RawSwitch | RawSwitchState][];
  if (entries.length === 0) return [];
  const switches = entries.flatMap(([key, each]): [string, RawSwitch & { path: string[] }][] =>
    isSwitch(each) ? [[key, { ...each, path: ["switch_states", key] }]] : [],
  );
  if (switches.length > 0) return switches;
  const states = Object.fromEntries(entries as [string, RawSwitchState][]);
  return [[onlySwitch, { states, path: ["switch_states"] }]];
}

function readState(context: DefinitionContext, name: string, raw: RawSwitchState, path: string[]): SwitchState {
  return {
    name,
    set: Object.entries(raw.set ?? {}).flatMap(([place, value]) => readSet(context, place, value, [...path, "set"])),
    bypass: (raw.bypass ?? []).flatMap((nodeId) => {
      const at = [...path, "bypass"];
      if (!isNode(context, nodeId, at)) return [];
      const passThrough = passThroughOf(context.graph, nodeId, context.definitions);
      if (passThrough) return [{ nodeId, passThrough }];
      const { class_type: name } = nodeOf(context.graph, nodeId) ?? {};
      note(
        context,
        at,
        `${at.join(".")}: node ${nodeId} (${name}) can't be bypassed: an output of it has no input of the same kind.`,
      );
      return [];
    }),
    mute: (raw.mute ?? []).filter(
      (nodeId) => isNode(context, nodeId, [...path, "mute"]) && isMutable(context, nodeId, raw, [...path, "mute"]),
    ),
  };
}

/** `"5.steps": 4`, or `"5": {steps: 4, cfg: 1}`. */
function readSet(context: DefinitionContext, place: string, value: JsonValue, path: string[]): SwitchState["set"] {
  const at = [...path, place];
  if (nodeOf(context.graph, place) && isJsonObject(value)) {
    return Object.entries(value).flatMap(([field, each]) =>
      bindingsOf(context, [{ node: place, field }], [], at).map((binding) => ({ ...binding, value: each })),
    );
  }
  if (isLink(value) && !nodeOf(context.graph, value[0])) {
    note(context, at, `${at.join(".")}: there is no node ${value[0]} to link to.`);
    return [];
  }
  return bindingsOf(context, [place], [], at).map((binding) => ({ ...binding, value }));
}

/** What a muted node feeds must do without it. */
function isMutable(
  { graph, definitions, issues }: DefinitionContext,
  nodeId: string,
  raw: RawSwitchState,
  path: string[],
): boolean {
  const away = new Set([...(raw.mute ?? []), ...(raw.bypass ?? [])]);
  const starved = linksOf(graph).find(({ fromId, toId, inputName }) => {
    const node = nodeOf(graph, toId);
    if (fromId !== nodeId || away.has(toId) || !node || inputOf(node, inputName) === undefined) return false;
    return inputDefinition(definitionOf(definitions, node.class_type), inputName)?.isRequired === true;
  });
  if (!starved) return true;
  issues.push({
    path,
    message: `${path.join(".")}: node ${starved.toId} needs its ${starved.inputName} from node ${nodeId}; mute it too, or bypass node ${nodeId}.`,
  });
  return false;
}
