import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from "graphql";
import { type CompiledQuery, compileQuery } from "graphql-jit";
import type { Config } from "#app/config.ts";
import { createAdmission, type TrustedDocuments, withCode } from "#graphql/admission.ts";
import type { Context } from "#graphql/context.ts";
import { maskError, withoutSuggestion } from "#graphql/errors.ts";
import { writesOwnScalars } from "#graphql/literals.ts";
import { createSharedResults } from "#graphql/shared-results.ts";
import { takeCost } from "#graphql/allowance.ts";
import { textsIn } from "#lib/texts-in.ts";
import { traced } from "#platform/tracing/tracing.ts";
import { currentScope, detached, inScope, stopScope } from "#platform/work/scope.ts";
import { stringifyJson } from "#lib/json.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

export interface Operation {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  context: Context;
}

/**
 * The one way from a document to a result. Apollo (HTTP) and graphql-ws (WebSocket) both come through here, so that
 * limits, authorisation, execution and what clients see of errors can't differ between them.
 */
export interface Pipeline {
  schema: GraphQLSchema;
  /** Rules beyond the specification's. */
  rules: ValidationRule[];
  maxTokens: number;
  /** Parses and validates, remembering recent texts. */
  prepare(source: string): { document: DocumentNode } | { errors: readonly GraphQLError[] };
  /** Runs a query or mutation. The errors of the result are fit for clients. */
  execute(operation: Operation): Promise<ExecutionResult>;
  subscribe(operation: Operation): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** What a client sees of an error that was thrown outside an execution. */
  present(error: unknown, context: Pick<Context, "deps" | "requestId">): GraphQLFormattedError;
}

const rememberedDocuments = 500;

type Runnable = Pick<CompiledQuery, "query">;

/** @param trusted the only documents that are run; null: any */
export function createPipeline(
  schema: GraphQLSchema,
  limits: Config["limits"],
  introspection: boolean,
  trusted: TrustedDocuments | null = null,
): Pipeline {
  const rules: ValidationRule[] = introspection ? [] : [NoSchemaIntrospectionCustomRule];
  const prepared = new Map<string, ReturnType<Pipeline["prepare"]>>();
  const compiled = new WeakMap<DocumentNode, Map<string, Runnable>>();
  const admit = createAdmission(schema, limits, trusted);
  const shared = createSharedResults();

  const prepare: Pipeline["prepare"] = (source) => {
    const known = prepared.get(source);
    if (known) return known;
    let result: ReturnType<Pipeline["prepare"]>;
    try {
      const document = parse(source, { maxTokens: limits.maxTokens });
      const errors = validate(schema, document, [...specifiedRules, ...rules]);
      result =
        errors.length > 0
          ? { errors: errors.map((error) => withCode(error, "GRAPHQL_VALIDATION_FAILED")) }
          : { document };
    } catch (error) {
      // Anything but a syntax error is a bug in the schema or here, and must not look like the client's mistake.
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [withCode(error, "GRAPHQL_PARSE_FAILED")] };
    }
    prepared.set(source, result);
    if (prepared.size > rememberedDocuments) prepared.delete(prepared.keys().next().value as string);
    return result;
  };

  const compile = (document: DocumentNode, operationName: string | undefined): Runnable | ExecutionResult => {
    let byName = compiled.get(document);
    if (!byName) compiled.set(document, (byName = new Map()));
    let query = byName.get(operationName ?? "");
    if (!query) {
      const result: Runnable | ExecutionResult = writesOwnScalars(schema, document)
        ? uncompiled({ schema, document, operationName })
        : compileQuery(schema, document, operationName, { customJSONSerializer: false });
      if (!("query" in result)) return result;
      byName.set(operationName ?? "", (query = result));
    }
    return query;
  };

  const present: Pipeline["present"] = (error, { deps, requestId }) => {
    const formatted = maskError(error, deps.log, requestId);
    return introspection ? formatted : { ...formatted, message: withoutSuggestion(formatted.message) };
  };
  const presented = (result: ExecutionResult, context: Context): ExecutionResult =>
    result.errors
      ? { ...result, errors: result.errors.map((error) => new PresentedError(present(error, context), error)) }
      : result;

  return {
    schema,
    rules,
    maxTokens: limits.maxTokens,
    prepare,
    present,
    execute: (operation) => observe(operation, () => run(operation)),
    subscribe: (operation) => observe(operation, () => open(operation)),
  };

  /** Measures, traces and tells of an operation, whatever becomes of it. */
  async function observe<Result extends ExecutionResult | AsyncIterable<ExecutionResult>>(
    { document, operationName, variables, context }: Operation,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const node = getOperationAST(document, operationName);
    const name = node?.name?.value;
    const type = node?.operation ?? "unknown";
    const begun = performance.now();
    const { operationMetrics, log } = context.deps;
    const texts = () => textsIn(variables);
    return inScope({ ids: { requestId: context.requestId }, texts }, (scope) =>
      traced(`${type} ${name ?? "anonymous"}`, { attributes: { "graphql.operation.type": type } }, async (span) => {
        const result = await work();
        const ms = performance.now() - begun;
        const errors = Symbol.asyncIterator in result ? [] : (result.errors ?? []);
        const errorCodes = errors.map(({ extensions }) => String(extensions["code"]));
        operationMetrics.ended({ name, type, seconds: ms / 1000, errorCodes });
        if (errorCodes[0] !== undefined) span.setAttribute("error.type", errorCodes[0]);
        const { slowOperationMs } = limits;
        if (slowOperationMs !== null && ms > slowOperationMs) {
          const { statements } = scope;
          const { cost } = context;
          log.warn(
            { event: "SLOW_OPERATION", operation: name, type, ms: Math.round(ms), cost, statements, errorCodes },
            "An operation took long",
          );
        }
        return result;
      }),
    );
  }

  /** Decides whether it may run, and spends what it costs. */
  async function admitted(operation: Operation) {
    const { context } = operation;
    const found = admit(operation);
    if ("errors" in found) return found;
    context.cost = found.cost;
    const spent = await takeCost(context, found.cost);
    if (spent?.refused && context.verdict) context.verdict.refused = spent.refused;
    const extensions = spent ? { extensions: { cost: spent.report } } : {};
    return spent?.refused ? { errors: [spent.refused], ...extensions } : { operation: found.operation, ...extensions };
  }

  async function run(operation: Operation): Promise<ExecutionResult> {
    const { document, operationName, variables, context } = operation;
    const found = await admitted(operation);
    if ("errors" in found) return presented(found, context);
    if (found.operation.operation === "subscription") {
      const error = new GraphQLError("Subscriptions are served over WebSocket (graphql-transport-ws).", {
        extensions: { code: "BAD_REQUEST" },
      });
      return presented({ errors: [error] }, context);
    }
    const query = compile(document, operationName);
    if (!("query" in query)) return presented(query, context);
    const result = await withTimeout(query.query(undefined, context, variables), limits.requestTimeoutMs);
    return presented("extensions" in found ? { ...result, extensions: found.extensions } : result, context);
  }

  async function open(operation: Operation): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    const { document, operationName, variables: variableValues, context } = operation;
    const found = await admitted(operation);
    if ("errors" in found) return presented(found, context);
    const args = { schema, document, operationName, variableValues };
    // It stays open for long after the operation.
    const source = await detached(() => openSource({ ...args, contextValue: context }));
    if (!(Symbol.asyncIterator in source)) return presented(source, context);
    // Loaders remember rows by context, so each event gets a context of its own and reads the present state.
    const who = stringifyJson([operationName ?? "", variableValues, context.viewer]);
    return mapIterator(source, (event) =>
      shared(event, document, who, async () =>
        presented(await execute({ ...args, rootValue: event, contextValue: { ...context } }), context),
      ),
    );
  }
}

/** An operation that graphql-js runs itself. */
function uncompiled(operation: Pick<ExecutionArgs, "schema" | "document" | "operationName">): Runnable {
  return {
    query: (rootValue, contextValue, variableValues) =>
      execute({ ...operation, rootValue, contextValue, variableValues }),
  };
}

/**
 * Opens a subscription's source. graphql-js takes any error that has a `path` for one of its own, so expected failures,
 * whose path is that of the input, come out thrown instead of in a result.
 */
async function openSource(args: ExecutionArgs): ReturnType<typeof createSourceEventStream> {
  try {
    return await createSourceEventStream(args);
  } catch (error) {
    const originalError = error instanceof Error ? error : new Error(String(error));
    return { errors: [new GraphQLError(originalError.message, { originalError })] };
  }
}

/** An error as clients see it; what it was is kept for those who are inside. */
class PresentedError extends GraphQLError {
  readonly #formatted: GraphQLFormattedError;

  constructor(formatted: GraphQLFormattedError, cause: GraphQLError) {
    super(formatted.message, {
      path: cause.path,
      originalError: cause.originalError ?? cause,
      extensions: { ...formatted.extensions },
    });
    this.#formatted = formatted;
  }

  override toJSON(): GraphQLFormattedError {
    return this.#formatted;
  }
}

async function withTimeout(result: Promise<ExecutionResult> | ExecutionResult, ms: number): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => {
      const error = new GraphQLError(`The operation took longer than ${ms / 1000} s.`, {
        extensions: { code: "TIMEOUT" },
      });
      resolve({ errors: [error] });
      const scope = currentScope();
      if (scope) stopScope(scope);
    }, ms);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
