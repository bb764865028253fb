import type { RunLogNewsSubscription } from "#gql/graphql.ts";

export type LogLine = RunLogNewsSubscription["runLogged"][number];

/** Lines with newer ones behind them. After a reconnect the newest come once more. */
export function withNews(lines: readonly LogLine[], news: readonly LogLine[]): readonly LogLine[] {
  const known = new Set(lines.map(({ cursor }) => cursor));
  return [...lines, ...news.filter(({ cursor }) => !known.has(cursor))];
}
