import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

export interface ShapeLimits {
  maxDepth: number;
  maxAliases: number;
}

/** Fields that an operation may select once its fragments are spread out. */
const maxFields = 5_000;

interface Shape {
  depth: number;
  aliases: number;
  fields: number;
}

/**
 * What is too much in the shape of an operation: depth, aliases and total fields with fragments spread out. It does not
 * depend on variables. Introspection is exempt from the depth.
 */
export function shapeProblems(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  limits: ShapeLimits,
): GraphQLError[] {
  const shape = measure(document, operation.selectionSet);
  const problems: string[] = [];
  if (shape.depth > limits.maxDepth)
    problems.push(`The operation is ${shape.depth} levels deep; ${limits.maxDepth} are allowed.`);
  if (shape.aliases > limits.maxAliases)
    problems.push(`The operation has ${shape.aliases} aliases; ${limits.maxAliases} are allowed.`);
  if (shape.fields > maxFields) problems.push(`The operation selects more than ${maxFields} fields.`);
  return problems.map((message) => new GraphQLError(message, { extensions: { code: "COST_LIMIT" } }));
}

function measure(document: DocumentNode, root: SelectionSetNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const measured = new Map<string, Shape>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  /** A document that passed validation has no unknown and no cyclic fragments. */
  const measureFragment = (name: string): Shape => {
    let shape = measured.get(name);
    if (!shape) measured.set(name, (shape = measureSet(fragments.get(name)?.selectionSet)));
    return shape;
  };
  const measureSet = (set: SelectionSetNode | undefined): Shape => {
    const shape: Shape = { depth: 0, aliases: 0, fields: 0 };
    const add = (part: Shape, levels: number): void => {
      shape.depth = Math.max(shape.depth, part.depth + levels);
      shape.aliases += part.aliases;
      shape.fields += part.fields;
    };
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(measureFragment(selection.name.value), 0);
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(measureSet(selection.selectionSet), 0);
      else {
        shape.fields += 1;
        if (selection.alias) shape.aliases += 1;
        const inner = measureSet(selection.selectionSet);
        add(selection.name.value.startsWith("__") ? { ...inner, depth: 0 } : inner, 1);
      }
    }
    return shape;
  };
  return measureSet(root);
}
