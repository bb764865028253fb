import { NotFoundError } from "#lib/domain-error.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the database takes the text for an id. */
export const isUuid = (text: string | undefined): text is string => text !== undefined && uuid.test(text);

/** @param id of the database: a uuid, so that all of it is ASCII */
export function encodeId(type: string, id: string): string {
  return btoa(`${type}:${id}`);
}

/** The database id in a global id of that type; null for any other text, so that junk never reaches the database. */
export function decodeId(type: string, globalId: string): string | null {
  const text = Buffer.from(globalId, "base64").toString("utf8");
  const id = text.startsWith(`${type}:`) ? text.slice(type.length + 1) : "";
  return isUuid(id) ? id : null;
}

/**
 * The database id in a global id of an input.
 * @throws NotFoundError that names the field
 */
export function requireId(type: string, globalId: string, path: string[] = ["id"]): string {
  const id = decodeId(type, globalId);
  if (id === null) throw new NotFoundError(`The ${type} with id "${globalId.slice(0, 80)}"`, path);
  return id;
}

/** Like requireId, for optional fields. */
export function optionalId(type: string, globalId: string | null | undefined, path: string[]): string | undefined {
  return globalId === null || globalId === undefined ? undefined : requireId(type, globalId, path);
}

/** Like optionalId, for fields that null empties. */
export function nullableId(
  type: string,
  globalId: string | null | undefined,
  path: string[],
): string | null | undefined {
  return globalId === null ? null : optionalId(type, globalId, path);
}
