// On which page and under which heading each operation and type of the schema stands.
import { createRequire } from "node:module";
import { areas, findAreas } from "./areas.mjs";

const require = createRequire(new URL("../../../server/package.json", import.meta.url));
const { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } = require("graphql");

const rootNames = ["Query", "Mutation", "Subscription"];

/** Types that are shown where they are used: connections, their edges, results, and a mutation's own input and payload. */
export function isShownInPlace(schema, { name }) {
  if (/(Connection|Edge|Result)$/.test(name)) return true;
  return ownOfMutations(schema).has(name);
}

const owned = new WeakMap();

/** Inputs and payloads that one mutation alone has. */
function ownOfMutations(schema) {
  const known = owned.get(schema);
  if (known) return known;
  const uses = new Map();
  const count = (type) => uses.set(type.name, (uses.get(type.name) ?? 0) + 1);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!("getFields" in type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      count(getNamedType(field.type));
      for (const argument of field.args ?? []) count(getNamedType(argument.type));
    }
  }
  const own = new Set();
  for (const mutation of mutationsOf(schema)) {
    const { input, payload } = partsOf(mutation);
    if (input && uses.get(input.name) === 1) own.add(input.name);
    if (payload && uses.get(getNamedType(mutation.type).name) === 1) own.add(payload.name);
  }
  owned.set(schema, own);
  return own;
}

const mutationsOf = (schema) => Object.values(schema.getMutationType().getFields());

/** The input and the payload of a mutation in the house's form. */
export function partsOf(mutation) {
  const input = mutation.args.find(({ name }) => name === "input");
  const result = getNamedType(mutation.type);
  const payload = isUnionType(result) ? result.getTypes().find(({ name }) => name.endsWith("Payload")) : undefined;
  return { input: input && getNamedType(input.type), payload };
}

/** @returns {{ areaOf: (name: string) => string, pages: Map<string, object>, linkTo: (name: string, from: string) => string | undefined }} */
export function placeAll(schema, root) {
  const found = findAreas(root);
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const users = usersOf(types);
  const areaOf = (name, seen = new Set()) => {
    const known = found.get(name);
    if (known) return known;
    if (seen.has(name)) return "shared";
    seen.add(name);
    const [rootType, field] = name.split(".");
    const near = field
      ? namesIn(schema.getType(rootType).getFields()[field])
      : [...(users.get(name) ?? []), ...(name.endsWith("Payload") ? namesIn(schema.getType(name)) : [])];
    return (
      near.map((each) => (each === name ? "shared" : areaOf(each, seen))).find((area) => area !== "shared") ?? "shared"
    );
  };
  const pages = new Map(
    Object.keys(areas).map((area) => [
      area,
      { operations: { Query: [], Mutation: [], Subscription: [] }, objects: [], inputs: [], unions: [], enums: [] },
    ]),
  );
  for (const rootName of rootNames)
    for (const field of Object.values(schema.getType(rootName).getFields()))
      pages.get(areaOf(`${rootName}.${field.name}`)).operations[rootName].push(field);
  for (const type of types) {
    if (rootNames.includes(type.name) || isShownInPlace(schema, type)) continue;
    // Bases of everything, which many areas use and none defines.
    const page = pages.get(["Node", "PageInfo"].includes(type.name) ? "shared" : areaOf(type.name));
    if (isObjectType(type) || isInterfaceType(type)) page.objects.push(type);
    else if (isInputObjectType(type)) page.inputs.push(type);
    else if (isUnionType(type)) page.unions.push(type);
    else if (isEnumType(type)) page.enums.push(type);
  }
  const anchors = anchorsOf(pages);
  return {
    pages,
    linkTo: (name, from) => {
      const place = anchors.get(name);
      return place && `${place.area === from ? "" : `${place.area}.md`}#${place.anchor}`;
    },
  };
}

/** What refers to each type: names of types, or of operations. */
function usersOf(types) {
  const users = new Map();
  for (const type of types) {
    if (!("getFields" in type)) continue;
    for (const field of Object.values(type.getFields())) {
      const user = rootNames.includes(type.name) ? `${type.name}.${field.name}` : type.name;
      for (const name of namesIn(field)) users.set(name, [...(users.get(name) ?? []), user]);
    }
  }
  return users;
}

/** The types that a field, its arguments, its result or a type's fields refer to. */
function namesIn(thing) {
  if ("getFields" in thing) return Object.values(thing.getFields()).flatMap(namesIn);
  const type = getNamedType(thing.type);
  const inside = isUnionType(type) ? type.getTypes().filter(({ name }) => name.endsWith("Payload")) : [];
  return [type, ...inside, ...(thing.args ?? []).map((argument) => getNamedType(argument.type))].map(
    ({ name }) => name,
  );
}

/** Headings in the order of a page, with the anchors that GitHub gives them: a repeated one is numbered. */
function anchorsOf(pages) {
  const anchors = new Map();
  for (const [area, page] of pages) {
    const counts = new Map();
    for (const [name, heading] of [[undefined, areas[area].title], ...headingsOf(page)]) {
      const base = heading.toLowerCase().replaceAll(" ", "-");
      const count = counts.get(base) ?? 0;
      counts.set(base, count + 1);
      if (name) anchors.set(name, { area, anchor: count === 0 ? base : `${base}-${count}` });
    }
  }
  return anchors;
}

/** @returns {[name: string | undefined, heading: string][]} */
function headingsOf({ operations, objects, inputs, unions, enums }) {
  const group = (title, list, prefix = "") =>
    list.length === 0 ? [] : [[undefined, title], ...list.map(({ name }) => [`${prefix}${name}`, name])];
  return [
    ...group("Queries", operations.Query, "Query."),
    ...group("Mutations", operations.Mutation, "Mutation."),
    ...group("Subscriptions", operations.Subscription, "Subscription."),
    ...group("Objects", objects),
    ...group("Unions", unions),
    ...group("Inputs", inputs),
    ...group("Enums", enums),
  ];
}
