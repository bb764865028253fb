import type { ComfyEvent, ComfyNodeProgress } from "./events.ts";

/** How far a prompt has come, by what the machine has told. */
export type ComfyProgress = {
  state: "pending" | "running";
  /** 0…1, never falling; 1 is left to the confirmed end. */
  fraction: number;
  /** The node of the submitted graph that runs now. */
  nodeId?: string;
  /** Steps of that node, when it counts any. */
  value?: number;
  max?: number;
};

export type ProgressFold = {
  readonly nodeCount: number;
  /** Share that is done of each node of the submitted graph. */
  readonly done: ReadonlyMap<string, number>;
  readonly progress: ComfyProgress;
};

const almostDone = 0.99;

/** @param nodeCount nodes in the submitted graph; nodes that turn out not to be needed only shorten the way to 1. */
export function startProgress(nodeCount: number): ProgressFold {
  return { nodeCount, done: new Map(), progress: { state: "pending", fraction: 0 } };
}

/** Folds one event into the progress; answers the same object when the event says nothing new. */
export function foldProgress(fold: ProgressFold, event: ComfyEvent): ProgressFold {
  switch (event.type) {
    case "started":
      return fold.progress.state === "running" ? fold : withDone(fold, fold.done, {});
    case "cached":
      return withDone(fold, raised(fold.done, event.nodeIds.map((id) => [id, 1] as const)), {});
    case "node":
      return withDone(fold, fold.done, { nodeId: event.displayNodeId });
    case "executed":
      return withDone(fold, raised(fold.done, [[event.displayNodeId, shareOf(event)]]), {});
    case "progress": {
      const shares = event.nodes.map((node) => [node.displayNodeId, shareOfNode(node)] as const);
      const running = event.nodes.findLast((node) => node.state === "running");
      return withDone(fold, raised(fold.done, shares), running === undefined ? {} : current(running));
    }
    default:
      return fold;
  }
}

function withDone(
  fold: ProgressFold,
  done: ReadonlyMap<string, number>,
  now: Partial<Pick<ComfyProgress, "nodeId" | "value" | "max">>,
): ProgressFold {
  let sum = 0;
  for (const share of done.values()) sum += share;
  const fraction = Math.min(almostDone, sum / Math.max(fold.nodeCount, done.size, 1));
  const before = fold.progress;
  const staysAtNode = now.nodeId === undefined || now.nodeId === before.nodeId;
  const progress: ComfyProgress = {
    ...(staysAtNode ? before : {}),
    ...now,
    state: "running",
    fraction: Math.max(before.fraction, fraction),
  };
  const isNews =
    done !== fold.done ||
    progress.state !== before.state ||
    progress.nodeId !== before.nodeId ||
    progress.value !== before.value ||
    progress.max !== before.max;
  return isNews ? { nodeCount: fold.nodeCount, done, progress } : fold;
}

function raised(
  done: ReadonlyMap<string, number>,
  shares: readonly (readonly [string, number])[],
): ReadonlyMap<string, number> {
  const rising = shares.filter(([id, share]) => share > (done.get(id) ?? -1));
  return rising.length === 0 ? done : new Map([...done, ...rising]);
}

/** An expanded node (id beside its display id) is one of an unknown number, so it never completes its display node. */
function shareOfNode(node: ComfyNodeProgress): number {
  const whole = node.state === "finished" ? 1 : Math.min(almostDone, node.value / Math.max(node.max, 1));
  return node.nodeId === node.displayNodeId ? whole : whole * 0.9;
}

function shareOf(event: { nodeId: string; displayNodeId: string }): number {
  return event.nodeId === event.displayNodeId ? 1 : 0.9;
}

function current(node: ComfyNodeProgress): Partial<ComfyProgress> {
  const counts = node.max > 1;
  return { nodeId: node.displayNodeId, ...(counts ? { value: node.value, max: node.max } : {}) };
}
