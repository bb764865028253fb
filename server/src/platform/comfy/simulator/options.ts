export type SimulatorVersion = "0.33" | "0.8" | "0.3";

/** Versions the simulator can pass for: with all routes; without cancel routes and the UUID rule; without /api/jobs. */
export const comfyVersions: Record<SimulatorVersion, string> = { "0.33": "0.33.0", "0.8": "0.8.0", "0.3": "0.3.60" };

export type SimulatorOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  host?: string;
  /** Holds `input`, `output`, `temp`, `user`. Default: a temporary folder that goes with the simulator. */
  dataDir?: string;
  version?: SimulatorVersion;
  /** Time of one sampler step. 0 runs as fast as it can. Default 150. */
  stepMs?: number;
  /** Divides the step time. Default 1. */
  speed?: number;
  /** Accept model names that are not in the lists, so that anybody's workflow runs. Default true; without, it passes for a real machine. */
  acceptAnyModel?: boolean;
  /** What the machine calls its GPU. */
  deviceName?: string;
  faults?: SimulatorFaults;
};

/** A node chosen by id, by class, or (neither given) whichever comes first. `times` defaults to for ever. */
export type NodeFault = { nodeId?: string; classType?: string; message?: string; times?: number };

export type SimulatorFaults = {
  /** Node classes and model files that it does not have. */
  lacks?: string[];
  /** While this holds, prompts that start don't go on by themselves; they can be interrupted. */
  neverEnding?: boolean;
  /** The node raises an error. */
  failNode?: NodeFault;
  /** The node runs out of memory. */
  outOfMemory?: NodeFault;
  /** All sockets are cut after every so many messages. */
  dropSocketsEvery?: number;
  /** Sockets stay open and answer pings but carry no messages. */
  silentSockets?: boolean;
  /** New sockets are refused; HTTP goes on. */
  refuseSockets?: boolean;
  /** The next `times` requests whose path starts with `route` are answered with `status` (500) and nothing is done. */
  httpError?: { route: string; method?: string; status?: number; times: number };
  /** The next `times` requests of a route are carried out but the connection is cut instead of an answer. */
  loseReply?: { route: string; times: number };
  /** The next so many answers about a single prompt are cut off in the middle. */
  malformedHistory?: number;
  /** The history entry appears this long after `execution_success`. */
  historyLagMs?: number;
  /** Every upload takes at least this long. */
  slowUploadMs?: number;
};
