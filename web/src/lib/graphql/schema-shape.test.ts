import { schemaOf } from "./schema-shape.ts";

interface Type {
  kind: string;
  name: string;
  fields?: { name: string; type: object }[];
  possibleTypes?: { name: string }[];
}

const types = (
  schemaOf({
    objects: { Query: ["jobs!", ""], Job: ["id! runs![! error ids[!", "Node"] },
    abstracts: { Node: ["id!", "Job Run"], Outcome: [null, "Job"] },
  }) as unknown as { __schema: { types: Type[] } }
).__schema.types;
const type = (name: string) => types.find((each) => each.name === name);

test("a field's type says what is never null, from the outside in", () => {
  const scalar = { kind: "SCALAR" };
  const never = { kind: "NON_NULL", ofType: scalar };
  expect(type("Job")?.fields?.map(({ name, type: of }) => [name, of])).toEqual([
    ["id", never],
    ["runs", { kind: "NON_NULL", ofType: { kind: "LIST", ofType: never } }],
    ["error", scalar],
    ["ids", { kind: "LIST", ofType: never }],
  ]);
});

test("interfaces and unions say what they may be", () => {
  expect(type("Node")).toMatchObject({ kind: "INTERFACE", possibleTypes: [{ name: "Job" }, { name: "Run" }] });
  expect(type("Outcome")).toMatchObject({ kind: "UNION", possibleTypes: [{ name: "Job" }] });
});
