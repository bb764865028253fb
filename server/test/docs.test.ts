import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema, parse, validate } from "graphql";
import { variableNames } from "#app/config.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, "utf8");
const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "client/README.md"].concat(
  readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file.replaceAll("\\", "/")}`),
);

test("docs/configuration.md explains every variable, and no other", () => {
  const rows = [...read("docs/configuration.md").matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1] as string);
  expect(rows.toSorted()).toEqual(variableNames.toSorted());
});

test("every operation in the documents is valid against the schema", () => {
  const schema = buildSchema(read("server/schema.graphql"));
  const operations = documents.flatMap((file) =>
    [...read(file).matchAll(/^```graphql\n([^]*?)^```$/gm)].map((match) => ({ file, text: match[1] as string })),
  );
  expect(operations.length).toBeGreaterThan(5);
  for (const { file, text } of operations) {
    // Each operation by itself: a document may hold several without names only here.
    for (const definition of parse(text).definitions) {
      const errors = validate(schema, { kind: "Document" as never, definitions: [definition] });
      expect({ file, errors: errors.map((error) => error.message) }).toEqual({ file, errors: [] });
    }
  }
});

test("every link between the documents leads to a file, and to a heading in it", () => {
  const broken = documents.flatMap((file) =>
    [
      ...read(file)
        .replaceAll(/^```[^]*?^```$/gm, "")
        .matchAll(/\]\(([^)\s]+)\)/g),
    ].flatMap(([, link = ""]) => {
      if (/^\w+:/.test(link)) return [];
      const [path, anchor] = link.split("#");
      const target = path ? normalize(join(dirname(file), path)) : file;
      if (!existsSync(`${root}${target}`)) return [`${file}: ${link}`];
      return anchor === undefined || anchorsOf(target).has(anchor) ? [] : [`${file}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

test("every command that the documents name is there", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  for (const file of documents) {
    for (const [, name, inServer] of read(file).matchAll(/npm run ([\w:-]+)( -w server)?/g)) {
      const known = inServer ? (JSON.parse(read("server/package.json")) as { scripts: object }).scripts : scripts;
      expect({ file, command: name, isKnown: (name as string) in known }).toEqual({
        file,
        command: name,
        isKnown: true,
      });
    }
  }
});

const anchors = new Map<string, Set<string>>();

/** What headings of a document are linked by, as GitHub does it: a repeated one is numbered. */
function anchorsOf(file: string): Set<string> {
  const known = anchors.get(file);
  if (known) return known;
  const counts = new Map<string, number>();
  const found = new Set<string>();
  for (const [, heading = ""] of read(file)
    .replaceAll(/^```[^]*?^```$/gm, "")
    .matchAll(/^#{1,6} (.+)$/gm)) {
    const base = heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    found.add(count === 0 ? base : `${base}-${count}`);
  }
  anchors.set(file, found);
  return found;
}
