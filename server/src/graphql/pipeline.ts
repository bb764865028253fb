import { complexityFromQuery } from "@pothos/plugin-complexity";
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  createSourceEventStream,
  execute,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { shapeRule } from "#graphql/limits.ts";
import type { Context } from "#graphql/context.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";
import type { Config } from "#app/config.ts";

export interface Operation {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  context: Context;
}

/**
 * The one way from a document to a result. Apollo (HTTP) and graphql-ws (WebSocket) both come through here, so that
 * limits, authorisation and execution can't differ between them.
 */
export interface Pipeline {
  schema: GraphQLSchema;
  /** Rules beyond the specification's. */
  rules: ValidationRule[];
  maxTokens: number;
  /** Parses and validates, remembering recent texts. */
  prepare(source: string): { document: DocumentNode } | { errors: readonly GraphQLError[] };
  execute(operation: Operation): Promise<ExecutionResult>;
  subscribe(operation: Operation): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

const rememberedDocuments = 500;

export function createPipeline(schema: GraphQLSchema, limits: Config["limits"], introspection: boolean): Pipeline {
  const rules: ValidationRule[] = [shapeRule(limits)];
  if (!introspection) rules.push(NoSchemaIntrospectionCustomRule);
  const prepared = new Map<string, ReturnType<Pipeline["prepare"]>>();
  const compiled = new WeakMap<DocumentNode, Map<string, CompiledQuery>>();
  const costs = new WeakMap<DocumentNode, Map<string, number>>();

  const prepare: Pipeline["prepare"] = (source) => {
    const known = prepared.get(source);
    if (known) return known;
    let result: ReturnType<Pipeline["prepare"]>;
    try {
      const document = parse(source, { maxTokens: limits.maxTokens });
      const errors = validate(schema, document, [...specifiedRules, ...rules]);
      result = errors.length > 0 ? { errors } : { document };
    } catch (error) {
      // Anything but a syntax error is a bug in the schema or here, and must not look like the client's mistake.
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [error] };
    }
    prepared.set(source, result);
    if (prepared.size > rememberedDocuments) prepared.delete(prepared.keys().next().value as string);
    return result;
  };

  const compile = (document: DocumentNode, operationName: string | undefined): CompiledQuery | ExecutionResult => {
    let byName = compiled.get(document);
    if (!byName) compiled.set(document, (byName = new Map()));
    let query = byName.get(operationName ?? "");
    if (!query) {
      const result = compileQuery(schema, document, operationName, { customJSONSerializer: false });
      if (!isCompiledQuery(result)) return result;
      byName.set(operationName ?? "", (query = result));
    }
    return query;
  };

  /** List sizes come from variables, so the cost belongs to a document together with its variables. */
  const costOf = ({ document, operationName, variables, context }: Operation): number => {
    let byVariables = costs.get(document);
    if (!byVariables) costs.set(document, (byVariables = new Map()));
    const sizes = Object.entries(variables).filter(([, value]) => typeof value === "number");
    const key = `${operationName ?? ""} ${sizes.join(" ")}`;
    let cost = byVariables.get(key);
    if (cost === undefined) {
      ({ complexity: cost } = complexityFromQuery(document, {
        schema,
        ctx: context,
        variables,
        ...(operationName ? { operationName } : {}),
      }));
      if (byVariables.size > 50) byVariables.clear();
      byVariables.set(key, cost);
    }
    return cost;
  };

  const overLimit = (operation: Operation): ExecutionResult | undefined => {
    const cost = costOf(operation);
    if (cost <= limits.maxCost) return undefined;
    const message = `The operation costs ${cost}; ${limits.maxCost} are allowed. Ask for shorter lists or fewer fields.`;
    return { errors: [new GraphQLError(message, { extensions: { code: "COST_LIMIT" } })] };
  };

  return {
    schema,
    rules,
    maxTokens: limits.maxTokens,
    prepare,
    execute: async (operation) => {
      const refused = overLimit(operation);
      if (refused) return refused;
      const query = compile(operation.document, operation.operationName);
      if (!("query" in query)) return query;
      return withTimeout(query.query(undefined, operation.context, operation.variables), limits.requestTimeoutMs);
    },
    subscribe: async (operation) => {
      const refused = overLimit(operation);
      if (refused) return refused;
      const args = {
        schema,
        document: operation.document,
        operationName: operation.operationName,
        variableValues: operation.variables,
      };
      const source = await createSourceEventStream({ ...args, contextValue: operation.context });
      if (!(Symbol.asyncIterator in source)) return source;
      // Loaders remember rows by context, so each event gets a context of its own and reads the present state.
      return mapIterator(source, (event) => Promise.resolve(execute({ ...args, rootValue: event, contextValue: { ...operation.context } })));
    },
  };
}

async function withTimeout(result: Promise<ExecutionResult> | ExecutionResult, ms: number): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => {
      const error = new GraphQLError(`The operation took longer than ${ms / 1000} s.`, { extensions: { code: "TIMEOUT" } });
      resolve({ errors: [error] });
    }, ms);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
