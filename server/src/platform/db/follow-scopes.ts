import type pg from "pg";
import { bound, currentScope, detached, isStopped, StoppedError } from "#platform/work/scope.ts";

type Callback = (error: Error | undefined, client?: pg.PoolClient, done?: unknown) => void;
/** pg knows more of a client than its types tell. */
type Connected = pg.PoolClient & { processID: number | null; connection: { stream: { destroy(): void } } };

/**
 * Counts the statements of whoever is at work, and ends them when that work is stopped. The connection is given up first,
 * so that what is ended on the server can't be the statement of whoever gets the connection next.
 */
export function followScopes(pool: pg.Pool, onError: (error: Error) => void): void {
  const connect = pool.connect.bind(pool) as unknown as (callback?: Callback) => unknown;
  const end = (client: Connected): void => {
    const { processID } = client;
    client.connection.stream.destroy();
    detached(() => pool.query("SELECT pg_terminate_backend($1)", [processID])).catch(onError);
  };
  pool.connect = ((callback?: Callback) => {
    const scope = currentScope();
    if (!scope) return connect(callback);
    if (isStopped(scope)) {
      if (callback) return callback(new StoppedError());
      return Promise.reject(new StoppedError());
    }
    // Whoever gives a connection back is the one who calls those that wait for it.
    return connect(callback && bound(callback));
  }) as typeof pool.connect;
  pool.on("connect", (connected) => {
    const client = connected as Connected;
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const scope = currentScope();
      if (!scope) return query(...args);
      scope.statements += 1;
      const ends = (): void => end(client);
      scope.ending.add(ends);
      const last = args.at(-1);
      if (typeof last === "function") {
        const done = (...results: unknown[]): unknown => {
          scope.ending.delete(ends);
          return last(...results);
        };
        return query(...args.slice(0, -1), done);
      }
      const result = query(...args);
      if (result instanceof Promise) {
        const forget = (): void => void scope.ending.delete(ends);
        result.then(forget, forget);
      } else scope.ending.delete(ends);
      return result;
    }) as typeof client.query;
  });
}
