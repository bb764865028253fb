import { ValidationError } from "#lib/domain-error.ts";
import { defaultPageSize, maxPageSize } from "#graphql/builder.ts";
import { isUuid } from "#graphql/ids.ts";

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** What a keyset query needs: read `take` rows on that side of the cursor. */
export interface Page {
  /** One more than asked for, to see whether more follow. */
  take: number;
  size: number;
  backward: boolean;
  /** The sort key of the entry to start behind, as written by `cursorOf`. */
  cursor: string[] | null;
}

/**
 * Reads Relay's paging arguments.
 * @throws ValidationError for sizes out of range, both directions at once, or a cursor that is none
 */
export function readPage(args: PageArgs): Page {
  if (args.first != null && args.last != null) throw ValidationError.at(["last"], "give first or last, not both");
  const backward = args.last != null || (args.before != null && args.first == null);
  const name = backward ? "last" : "first";
  const size = (backward ? args.last : args.first) ?? defaultPageSize;
  if (size < 0 || size > maxPageSize)
    throw ValidationError.at([name], `${name} must be between 0 and ${maxPageSize}, not ${size}`);
  const text = backward ? args.before : args.after;
  return {
    take: size + 1,
    size,
    backward,
    cursor: text == null ? null : readCursor(text, backward ? "before" : "after"),
  };
}

function readCursor(text: string, name: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (Array.isArray(parts) && parts.every((part) => typeof part === "string")) return parts;
  } catch {
    // Reported below like any other text that is no cursor.
  }
  throw ValidationError.at([name], `${name} is not a cursor of this connection`);
}

/** What `readPage` reads. */
export const writeCursor = (parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

/** Said of a cursor whose parts are no sort key of the connection. */
export const notACursor = (page: Page): ValidationError =>
  ValidationError.at([page.backward ? "before" : "after"], "not a cursor of this connection");

/** The first part of the cursor; null without one. @throws ValidationError unless it is as the connection writes it */
export function cursorPart(page: Page, isOurs: (part: string) => boolean): string | null {
  if (page.cursor === null) return null;
  const [part] = page.cursor;
  if (part === undefined || !isOurs(part)) throw notACursor(page);
  return part;
}

/** The cursor as a uuid, for connections that are sorted by id alone. */
export const cursorId = (page: Page): string | null => cursorPart(page, isUuid);

/**
 * Makes a connection of the rows that were read for a page.
 * @param rows in the order of the connection, at most page.take
 */
export function toConnection<Row>(
  page: Page,
  rows: readonly Row[],
  cursorOf: (row: Row) => string[],
  totalCount: () => number | Promise<number>,
) {
  const more = rows.length > page.size;
  const kept = page.backward ? rows.slice(more ? 1 : 0) : rows.slice(0, page.size);
  // Cursors are written where they are asked for: most lists are read without them.
  const edges = kept.map((node) => ({
    node,
    get cursor() {
      return writeCursor(cursorOf(node));
    },
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.backward ? page.cursor !== null : more,
      hasPreviousPage: page.backward ? more : page.cursor !== null,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
    totalCount,
  };
}

/** Prisma arguments for a connection sorted by id (uuid v7: by time), newest first unless `ascending`. */
export function idPage(page: Page, ascending = false) {
  const forward = ascending !== page.backward;
  const id = cursorId(page);
  return {
    where: id === null ? {} : { id: forward ? { gt: id } : { lt: id } },
    orderBy: { id: forward ? ("asc" as const) : ("desc" as const) },
    take: page.take,
  };
}

/** Runs a query that is sorted by id and makes a connection of it. */
export async function idConnection<Row extends { id: string }>(
  args: PageArgs,
  find: (query: ReturnType<typeof idPage>) => Promise<Row[]>,
  count: () => Promise<number>,
  ascending = false,
) {
  const page = readPage(args);
  const rows = await find(idPage(page, ascending));
  return toConnection(page, page.backward ? rows.toReversed() : rows, (row) => [row.id], count);
}
