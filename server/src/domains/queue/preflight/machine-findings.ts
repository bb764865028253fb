import type { PoolMachine } from "#domains/machines/pool-definitions.service.ts";
import { isMachineInputName } from "#domains/queue/logic/machine-graph.ts";
import { type Finding, finding, type FindingCode } from "#domains/queue/submit/finding.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { type GraphIssue, type GraphIssueKind, validateGraph } from "#domains/workflows/logic/validate-graph.ts";

/** Machines that are told of one by one when only some can't run a graph. */
const maxNamed = 5;

/**
 * What the machines of a pool have against a graph, by what they said of themselves last. It blocks only when every one of
 * them would refuse it: the runs go to the others.
 * @param allowPartial the job takes what is left when a machine drops a part of the graph
 */
export function machineFindings(
  pool: string,
  machines: readonly PoolMachine[],
  graph: ApiGraph,
  allowPartial: boolean,
): Finding[] {
  if (machines.length === 0) {
    return [
      finding("NO_MACHINE", `The pool "${pool}" has no enabled machine; its runs wait.`, "Add or enable a machine.", {
        isBlocking: false,
        path: ["pool"],
      }),
    ];
  }
  const known = machines.filter(({ definitions }) => definitions !== null);
  if (known.length === 0) {
    const message = `No machine of the pool "${pool}" has said yet what nodes and models it has.`;
    return [
      finding("MACHINES_UNKNOWN", message, "See whether the machines answer, or refresh one.", { isBlocking: false }),
    ];
  }
  const verdicts = known.map((machine) => {
    const issues = validateGraph(graph, machine.definitions as NodeDefinitions, isMachineInputName);
    // A simulator takes any model by name, and only lists some.
    return { machine, refusals: issues.filter(({ kind }) => !(machine.isSimulator && kind === "MISSING_FILE")) };
  });
  const refusing = verdicts.filter(({ refusals }) => refusals.length > 0);
  if (refusing.length === machines.length) {
    return grouped(refusing).map((each) => ({ ...each, isBlocking: !allowPartial }));
  }
  return refusing.slice(0, maxNamed).map(({ machine, refusals: [first, ...others] }) => {
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    const { nodeId, inputName, message, suggestions } = first as GraphIssue;
    return finding(
      "NOT_ON_ALL_MACHINES",
      `${machine.name} would refuse it: ${message}${more}`,
      "Nothing has to be done: other machines of the pool take the runs. To use this one, give it what it lacks.",
      { isBlocking: false, nodeId, inputName, suggestions },
    );
  });
}

const codes: Record<GraphIssueKind, FindingCode> = {
  MISSING_NODE: "MISSING_NODE",
  MISSING_FILE: "MISSING_MODEL",
  MISSING_UPLOAD: "INPUT_MISSING",
  MISSING_INPUT: "MISSING_LINK",
  BAD_VALUE: "BAD_VALUE",
  NO_OUTPUT: "NO_OUTPUT",
};
const remedies: Record<GraphIssueKind, string> = {
  MISSING_NODE:
    "Install the extension that brings the node on a machine of the pool and refresh it, or name another pool.",
  MISSING_FILE: "Put the file on a machine of the pool and refresh it, or choose one that is there.",
  MISSING_UPLOAD: "Give the file as an input. If it was put on the machine a moment ago, refresh the machine.",
  MISSING_INPUT: "Connect the input in the workflow and import it again.",
  BAD_VALUE: "Give a value that the node takes.",
  NO_OUTPUT: "Add a node that saves the result, and import the workflow again.",
};

/** One finding for each thing that is wrong, with the names of the machines that say so. */
function grouped(verdicts: readonly { machine: PoolMachine; refusals: readonly GraphIssue[] }[]): Finding[] {
  const groups = new Map<string, { issue: GraphIssue; names: string[] }>();
  for (const { machine, refusals } of verdicts) {
    for (const issue of refusals) {
      const key = JSON.stringify([issue.kind, issue.nodeId, issue.inputName, issue.message]);
      const group = groups.get(key);
      if (group) group.names.push(machine.name);
      else groups.set(key, { issue, names: [machine.name] });
    }
  }
  return [...groups.values()].map(({ issue, names }) => {
    const { kind, nodeId, inputName, message, suggestions } = issue;
    return finding(codes[kind], `${names.join(", ")}: ${message}`, remedies[kind], {
      nodeId,
      inputName,
      suggestions,
      failure: "PREFLIGHT_BLOCKED",
    });
  });
}
