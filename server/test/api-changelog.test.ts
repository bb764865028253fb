import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/lib/api-changelog.mjs", import.meta.url));
type Update = (text: string, schema: string, options: object) => Promise<string>;
const { updatedChangelog } = (await import(script)) as { updatedChangelog: Update };

const committed = new Map<string, string>();
const blobOf = (text: string) => createHash("sha1").update(`blob ${text.length}\0${text}`).digest("hex");
const commit = (text: string): string => {
  committed.set(blobOf(text), text);
  return text;
};
const update = (text: string, schema: string, day: string) =>
  updatedChangelog(text, schema, { day, textOf: (blob: string) => committed.get(blob) });

const first = commit("type Query { a: Int  b: Int }");
const start = `# Changes\n\n<!-- schema ${blobOf(first)} -->\n\n## 2026-01-01\n\nThe first version.\n`;
const headings = (text: string) => text.match(/^## .+|^\*\*.+\*\*|^- .+/gm);

beforeEach(() => {
  committed.clear();
  commit(first);
});

test("a change of the schema gets a section for its day, before the older ones, and is told once", async () => {
  const second = commit(
    'type Query { a: Int @deprecated(reason: "use b")  b: Int  c(x: Int): Thing } type Thing { id: ID }',
  );
  const text = await update(start, second, "2026-01-02");
  expect(headings(text)).toEqual([
    "## 2026-01-02",
    "**Deprecated**",
    "- Field `Query.a` is deprecated",
    "**New**",
    "- queries: `c`",
    "- types: `Thing`",
    "## 2026-01-01",
  ]);
  expect(await update(text, second, "2026-01-03")).toBe(text);
});

test("what breaks programs is told apart from what a careful one bears", async () => {
  const second = commit("type Query { b: Int!  d(x: E): Int } enum E { X }");
  const third = commit("type Query { b: Int!  d(x: E, y: Int): Int } enum E { X Y }");
  const text = await update(await update(start, second, "2026-01-02"), third, "2026-01-03");
  expect(headings(text)).toEqual([
    "## 2026-01-03",
    "**Take care**",
    "- Argument `y: Int` added to field `Query.d`",
    "- Enum value `Y` was added to enum `E`",
    "## 2026-01-02",
    "**Breaking**",
    "- Field `a` was removed from object type `Query`",
    "**New**",
    "- queries: `d`",
    "- types: `E`",
    "## 2026-01-01",
  ]);
});

test("what comes and goes within a day is not told, and neither is what was never committed", async () => {
  const added = commit("type Query { a: Int  b: Int  c: Int }");
  const text = await update(await update(start, added, "2026-01-02"), first, "2026-01-02");
  expect(headings(text)).toEqual(["## 2026-01-01"]);
  const draft = "type Query { a: Int  b: Int  draft: Int }";
  const kept = "type Query { a: Int  b: Int  kept: Int }";
  const overnight = await update(await update(start, draft, "2026-01-02"), kept, "2026-01-03");
  expect(headings(overnight)).toEqual(["## 2026-01-02", "**New**", "- queries: `kept`", "## 2026-01-01"]);
});
