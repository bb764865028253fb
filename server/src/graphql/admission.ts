import { complexityFromQuery } from "@pothos/plugin-complexity";
import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import type { Config } from "#app/config.ts";
import { shapeProblems } from "#graphql/limits.ts";
import type { Operation } from "#graphql/pipeline.ts";

/** The documents that a server runs when it runs known ones only. */
export interface TrustedDocuments {
  has(document: DocumentNode): boolean;
}

interface Known {
  operation: OperationDefinitionNode;
  /** That operation and the fragments: costs are counted on the first operation of a document. */
  alone: DocumentNode;
  problems: GraphQLError[];
  costs: Map<string, number>;
}

/**
 * Decides whether an operation of a valid document may run: it exists, its shape is within limits, its variables have the
 * declared types, and its cost, which depends on their values, is within limits. What is known of a document is kept as
 * long as the document itself.
 */
export function createAdmission(
  schema: GraphQLSchema,
  limits: Config["limits"],
  trusted: TrustedDocuments | null = null,
) {
  const known = new WeakMap<DocumentNode, Map<string, Known | GraphQLError>>();

  const look = (document: DocumentNode, name: string | undefined): Known | GraphQLError => {
    const operation = findOperation(document, name);
    if (operation instanceof GraphQLError) return operation;
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    return {
      operation,
      alone: { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
      problems: trusted?.has(document) === false ? [untrusted()] : shapeProblems(document, operation, limits),
      costs: new Map(),
    };
  };

  const costOf = (
    { alone, costs }: Known,
    { variables, context }: Operation,
    coerced: Record<string, unknown>,
  ): number => {
    // Only these can be page sizes or switch fields on and off.
    const key = JSON.stringify(
      Object.entries(coerced).filter(([, value]) => typeof value === "number" || typeof value === "boolean"),
    );
    let cost = costs.get(key);
    if (cost === undefined) {
      cost = complexityFromQuery(alone, { schema, ctx: context, variables }).complexity;
      if (costs.size > 50) costs.clear();
      costs.set(key, cost);
    }
    return cost;
  };

  return (
    operation: Operation,
  ): { operation: OperationDefinitionNode; cost: number } | { errors: readonly GraphQLError[] } => {
    const { document, operationName } = operation;
    let byName = known.get(document);
    if (!byName) known.set(document, (byName = new Map()));
    // Names that are not in the document are refused anew each time: keeping them would let a client fill the memory.
    const found = byName.get(operationName ?? "") ?? look(document, operationName);
    if (found instanceof GraphQLError) return { errors: [found] };
    byName.set(operationName ?? "", found);
    if (found.problems.length > 0) return { errors: found.problems };
    const { coerced, errors } = getVariableValues(
      schema,
      found.operation.variableDefinitions ?? [],
      operation.variables,
      { maxErrors: 20 },
    );
    if (errors) return { errors: errors.map((error) => withCode(error, "BAD_USER_INPUT")) };
    const cost = costOf(found, operation, coerced);
    if (cost > limits.maxCost) {
      const message = `The operation costs ${cost}; ${limits.maxCost} are allowed. Ask for shorter lists or fewer fields.`;
      return { errors: [new GraphQLError(message, { extensions: { code: "COST_LIMIT" } })] };
    }
    return { operation: found.operation, cost };
  };
}

function untrusted(): GraphQLError {
  return new GraphQLError("This server runs known documents only; ask whoever keeps it to add this one.", {
    extensions: { code: "DOCUMENT_NOT_TRUSTED" },
  });
}

/** The operation to run; an error when the name fits none or is needed. */
export function findOperation(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | GraphQLError {
  const message =
    name === undefined
      ? "Name the operation: the document has several or none."
      : `The document has no operation named "${name}".`;
  return (
    getOperationAST(document, name) ??
    new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })
  );
}

/** The same error as graphql-js made it, under one of our codes. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
}
