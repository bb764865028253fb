import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";
import type { StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import type { WorkflowTiming } from "#domains/workflows/logic/timing.ts";
import type { JsonValue } from "#lib/json.ts";

/** For each output of a node (by number, as text) the input that stands in for it when the node is taken out. */
export type PassThrough = Record<string, string>;

/** LoRA nodes that one BOOLEAN parameter switches off together. */
export type LoraGroup = {
  /** The parameter's key. */
  flag: string;
  /** `passThrough` is null where the node can't be taken out: its strengths go to 0 all the same. */
  nodes: { nodeId: string; strengths: string[]; passThrough: PassThrough | null }[];
};

export type SwitchState = {
  /** As the SELECT parameter's option says it. */
  name: string;
  set: (ParameterBinding & { value: JsonValue })[];
  bypass: { nodeId: string; passThrough: PassThrough }[];
  mute: string[];
};

/** Named states of the graph, chosen by a SELECT parameter. */
export type GraphSwitch = { key: string; states: SwitchState[] };

/** How runs are made of a version's graph, beyond writing values into inputs. Null: as found in the graph. */
export type RunRecipe = {
  /** Inputs that take the job's input file. */
  input: ParameterBinding[] | null;
  /** Inputs that take the run's output prefix. */
  outputPrefix: ParameterBinding[] | null;
  /** Inputs that take the run's seed. */
  seed: ParameterBinding[] | null;
  loraGroups: LoraGroup[];
  switches: GraphSwitch[];
  stageTemplate: StageTemplate | null;
  /** The stages' positive prompts in order: the workflow is split-prompt. */
  clips: ParameterBinding[] | null;
  /** Lower case, with the dot; null: whatever fits the input kind. */
  inputExtensions: string[] | null;
  /** Inputs go to `_processed` when all runs of a job have succeeded. */
  moveProcessed: boolean;
  timing: WorkflowTiming;
  /** Hash of the content as it was imported, where the stage template was set afterwards. */
  importedHash: string | null;
};

export const emptyRecipe: RunRecipe = {
  input: null,
  outputPrefix: null,
  seed: null,
  loraGroups: [],
  switches: [],
  stageTemplate: null,
  clips: null,
  inputExtensions: null,
  moveProcessed: false,
  timing: { fps: null, framesPerStage: null, durationSecs: null },
  importedHash: null,
};
