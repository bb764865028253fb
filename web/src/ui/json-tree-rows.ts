export interface TreeRow {
  /** The keys down to this value, joined by a character that JSON keys rarely hold. */
  path: string;
  depth: number;
  name: string | null;
  value: unknown;
  /** Number of entries of an object or array; null for a plain value. */
  size: number | null;
  isOpen: boolean;
}

export const pathSeparator = "\u001f";

/** The number of entries of an object or array; null for a plain value. */
function sizeOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return value !== null && typeof value === "object" ? Object.keys(value).length : null;
}

/** The visible rows of a JSON value: only what is open is walked, so that size costs nothing until it is looked at. */
export function visibleRows(root: unknown, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (value: unknown, name: string | null, path: string, depth: number) => {
    const size = sizeOf(value);
    const isOpen = size !== null && open.has(path);
    rows.push({ path, depth, name, value, size, isOpen });
    if (!isOpen) return;
    for (const [key, child] of Object.entries(value as object)) walk(child, key, path + pathSeparator + key, depth + 1);
  };
  walk(root, null, "", 0);
  return rows;
}
