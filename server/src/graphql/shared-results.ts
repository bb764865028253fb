import type { DocumentNode, ExecutionResult } from "graphql";

type Results = Map<string, Promise<ExecutionResult>>;

/**
 * What one event gives to subscribers with the same operation, variables and rights is worked out once. Events are told
 * apart by their identity: a source that gives several subscribers one object says that it is one event.
 */
export function createSharedResults() {
  const known = new WeakMap<object, WeakMap<DocumentNode, Results>>();
  return (
    event: unknown,
    document: DocumentNode,
    who: string,
    execute: () => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> => {
    if (typeof event !== "object" || event === null) return execute();
    const ofEvent = known.get(event) ?? new WeakMap<DocumentNode, Results>();
    known.set(event, ofEvent);
    const results = ofEvent.get(document) ?? new Map<string, Promise<ExecutionResult>>();
    ofEvent.set(document, results);
    let result = results.get(who);
    if (!result) results.set(who, (result = execute()));
    return result;
  };
}
