import { AsyncLocalStorage } from "node:async_hooks";
import { context, ROOT_CONTEXT } from "@opentelemetry/api";

/** For whom something is done: ids that every line of the log about it carries. */
export interface ScopeIds {
  requestId?: string | undefined;
  jobId?: string | undefined;
  runId?: string | undefined;
  attempt?: number | undefined;
  promptId?: string | undefined;
  takeId?: string | undefined;
  executionId?: string | undefined;
  pictureId?: string | undefined;
  autoPromptId?: string | undefined;
  translationId?: string | undefined;
}

/** A piece of work with all that is awaited in it. */
export interface Scope {
  ids: ScopeIds;
  /** Texts of people that it handles and that the log may have to leave out; asked for when a line is written. */
  texts?: (() => readonly string[]) | undefined;
  /** Statements that it sent to the database. */
  statements: number;
  /** Ends its statements under way; there as long as there are some. */
  ending: Set<() => void>;
  /** When it was stopped, by `performance.now()`: it sends no more statements. */
  stoppedAt?: number;
}

/** Loops that were begun inside and not by `detached` must not stay without a database for ever. */
const stoppedForMs = 60_000;

const scopes = new AsyncLocalStorage<Scope | undefined>();

/**
 * What is being done here, by whatever way it was reached. For logs, measurements and stopping only: what work depends on
 * is passed to it.
 */
export const currentScope = (): Scope | undefined => scopes.getStore();

/** By which request what is done here was asked for; kept with what outlives it. */
export const currentRequestId = (): string | null => currentScope()?.ids.requestId ?? null;

/** Does the work in a scope of its own, whose ids come on top of those around it. */
export function inScope<Result>({ ids, texts }: Pick<Scope, "ids" | "texts">, work: (scope: Scope) => Result): Result {
  const scope: Scope = { ids: { ...scopes.getStore()?.ids, ...ids }, texts, statements: 0, ending: new Set() };
  return scopes.run(scope, () => work(scope));
}

/** Begins what outlives whoever asked for it: drivers, loops, shared passes. */
export function detached<Result>(work: () => Result): Result {
  return context.with(ROOT_CONTEXT, () => scopes.run(undefined, work));
}

/**
 * The work in the scope that is here now, whoever calls it. Not by `AsyncResource.bind`: what that binds, and all that its
 * answer leads to, survives the collector's quick rounds, which then take ten times as long.
 */
export function bound<Args extends unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
  const scope = scopes.getStore();
  const around = context.active();
  return (...args) => context.with(around, () => scopes.run(scope, () => work(...args)));
}

export function isStopped({ stoppedAt }: Scope): boolean {
  return stoppedAt !== undefined && performance.now() - stoppedAt < stoppedForMs;
}

/** Ends what the scope does in the database now, and keeps it from going on there. */
export function stopScope(scope: Scope): void {
  scope.stoppedAt = performance.now();
  for (const end of scope.ending) end();
}

/** Work of a scope that was stopped asked for the database. */
export class StoppedError extends Error {
  constructor() {
    super("The work was stopped: it took too long");
    this.name = "StoppedError";
  }
}
