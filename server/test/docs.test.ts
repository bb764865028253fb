import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, parse, validate } from "graphql";
import { variableNames } from "#app/config.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, "utf8");
const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].concat(
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
