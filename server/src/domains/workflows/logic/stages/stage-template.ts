import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";

/** An output of a node. */
export type NodeOutput = { nodeId: string; output: number };

/** What a stage takes from the one before it: an input of its nodes under the name of the port. */
export type StageInlet = ParameterBinding & { port: string };

/** What a stage gives, to the next one or, from the last one, to what comes after: an output under a port's name. */
export type StageOutlet = NodeOutput & { port: string };

/** The nodes that make one stage, and where they are open. */
export type StagePart = {
  nodes: string[];
  /** Of the first stage: what a clone of it would take from its predecessor. */
  inlets: StageInlet[];
  outlets: StageOutlet[];
  /** Prompts of the stage alone. */
  prompts: ParameterBinding[];
  seeds: ParameterBinding[];
};

/**
 * How a graph is made of any number of stages: the stages that it holds, in order. A job with fewer drops the last ones,
 * a job with more adds clones of the last one.
 */
export type StageTemplate = {
  stages: StagePart[];
  /** 0: every stage has the run's seed. 1: stage n has the seed + n - 1. */
  seedStep: 0 | 1;
};
