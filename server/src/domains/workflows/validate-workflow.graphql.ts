import { MachineType } from "#domains/machines/machines.graphql.ts";
import type { GraphIssue } from "#domains/workflows/logic/validate-graph.ts";
import { findVersion, type MachineValidation, validateVersion } from "#domains/workflows/validate-workflow.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";

const MachineValidationStatus = builder.enumType("MachineValidationStatus", {
  description: "Whether a machine could run a workflow.",
  values: {
    PASSED: { description: "It has all that the workflow needs." },
    FAILED: { description: "Something is missing or does not fit; the items say what." },
    UNREACHABLE: { description: "It did not answer, so nobody knows." },
  },
});

const ValidationItemKind = builder.enumType("ValidationItemKind", {
  description: "What was found at a node.",
  values: {
    PASS: { description: "The node can run as it is." },
    MISSING_NODE: { description: "The machine has no such node class: an extension is missing." },
    MISSING_INPUT: { description: "Nothing feeds an input that the class demands." },
    MISSING_FILE: { description: "The machine has no model, LoRA, VAE or the like of that name." },
    BAD_VALUE: { description: "A value that the input does not take: its type, its range, not in its list." },
    NO_OUTPUT: { description: "The graph saves and shows nothing, so there is nothing to run." },
  },
});

type Item = Omit<GraphIssue, "kind" | "message"> & { kind: GraphIssue["kind"] | "PASS"; message: string | null };

const ValidationItem = builder.objectRef<Item>("ValidationItem").implement({
  description: "What a machine makes of one node, or of one of its inputs.",
  fields: (t) => ({
    kind: t.field({
      type: ValidationItemKind,
      description: "What was found.",
      // A workflow's own pictures come with its jobs, so a missing one is not told of here.
      resolve: ({ kind }) => (kind === "MISSING_UPLOAD" ? "MISSING_FILE" : kind),
    }),
    nodeId: t.exposeString("nodeId", { nullable: true, description: "The node; null for the graph as a whole." }),
    classType: t.exposeString("classType", { nullable: true, description: "The node's class." }),
    inputName: t.exposeString("inputName", {
      nullable: true,
      description: "The input that does not fit, if it is one.",
    }),
    message: t.exposeString("message", {
      nullable: true,
      description: "What is wrong, for people; null when it passed.",
    }),
    suggestions: t.exposeStringList("suggestions", {
      description: "Up to three names that the machine has and that are closest to the missing one, best first.",
    }),
  }),
});

export const MachineValidationType = builder.objectRef<MachineValidation>("MachineValidation").implement({
  description: "What a machine makes of a workflow.",
  fields: (t) => ({
    machine: t.field({ type: MachineType, description: "The machine.", resolve: ({ machine }) => machine }),
    status: t.field({
      type: MachineValidationStatus,
      description: "Whether it could run the workflow.",
      resolve: ({ status }) => status,
    }),
    message: t.exposeString("message", {
      nullable: true,
      description: "Why it could not be asked, when it could not.",
    }),
    items: t.field({
      type: [ValidationItem],
      description: "What was found, node by node; nothing for a machine that could not be asked.",
      args: {
        problemsOnly: t.arg.boolean({ defaultValue: false, description: "Leaves out what passed." }),
      },
      resolve: (validation, { problemsOnly }) => itemsOf(validation, problemsOnly ?? false),
    }),
  }),
});

function itemsOf({ status, issues, graph }: MachineValidation, problemsOnly: boolean): Item[] {
  if (status === "UNREACHABLE" || problemsOnly) return issues;
  const wrong = new Set(issues.map(({ nodeId }) => nodeId));
  const passed = Object.entries(graph).flatMap(([nodeId, node]): Item[] =>
    wrong.has(nodeId)
      ? []
      : [{ kind: "PASS", nodeId, classType: node.class_type, inputName: null, message: null, suggestions: [] }],
  );
  return [...issues, ...passed];
}

builder.queryField("validateWorkflow", (t) =>
  t.field({
    type: [MachineValidationType],
    description:
      "Checks a workflow against each enabled machine, by what the machine says of its nodes and files at this moment. Machines by name.",
    authScopes: { creator: true },
    complexity: 200,
    args: {
      workflowId: t.arg.id({
        description: "The workflow, whose current version is checked unless versionId is given.",
      }),
      versionId: t.arg.id({ description: "The version." }),
      pool: t.arg.string({ description: "Only machines of this pool; all unless said." }),
    },
    resolve: async (_root, args, { deps }) => {
      const version = await findVersion(deps, {
        workflowId: optionalId("Workflow", args.workflowId, ["workflowId"]),
        versionId: optionalId("WorkflowVersion", args.versionId, ["versionId"]),
      });
      return validateVersion(deps, version.id, args.pool ?? undefined);
    },
  }),
);
