import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isUnionType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** `!` for what is never null, `[` for a list, from the outside in: `[Run!]!` is `![!`. */
const shapeOf = (type) =>
  isNonNullType(type) ? `!${shapeOf(type.ofType)}` : isListType(type) ? `[${shapeOf(type.ofType)}` : "";

/**
 * A codegen plugin: what the normalised cache must know of the schema (schema-shape.ts). Every page loads it, so it holds
 * only the types and fields that the client's operations ask for, a hundredth of an introspection.
 */
export const plugin = (schema, documents) => {
  const asked = askedFields(schema, documents);
  const shape = { objects: {}, abstracts: {} };
  for (const [type, names] of [...asked].toSorted(([a], [b]) => (a.name < b.name ? -1 : 1))) {
    if (isUnionType(type)) {
      shape.abstracts[type.name] = [null, type.getTypes().join(" ")];
      continue;
    }
    const all = type.getFields();
    const fields = Object.keys(all)
      .filter((name) => names.has(name))
      .map((name) => name + shapeOf(all[name].type));
    if (isInterfaceType(type)) {
      const possible = schema.getPossibleTypes(type).filter((each) => asked.has(each));
      shape.abstracts[type.name] = [fields.join(" "), possible.map(getNamedType).join(" ")];
    } else {
      const interfaces = type.getInterfaces().filter((each) => asked.has(each));
      shape.objects[type.name] = [fields.join(" "), interfaces.map(({ name }) => name).join(" ")];
    }
  }
  return JSON.stringify(shape);
};

/** By type: the fields that are asked for. What is asked of an interface or a union is asked of all that may stand there. */
function askedFields(schema, documents) {
  const asked = new Map();
  const ask = (type, field) => {
    const names = asked.get(type) ?? new Set();
    asked.set(type, names);
    if (field && field !== "__typename") names.add(field);
    if (isAbstractType(type))
      for (const each of schema.getPossibleTypes(type)) ask(each, each.getFields()[field] && field);
  };
  const typeInfo = new TypeInfo(schema);
  for (const { document } of documents) {
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        SelectionSet: () => {
          const type = typeInfo.getParentType();
          if (type) ask(type);
        },
        Field: ({ name }) => {
          ask(typeInfo.getParentType(), name.value);
        },
      }),
    );
  }
  return asked;
}
