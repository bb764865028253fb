import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
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
 * Validation rule for the shape of a document: depth, aliases and total fields with fragments spread out. It does not
 * depend on variables, so its verdict may be cached with the document. Introspection is exempt from the depth.
 */
export function shapeRule(limits: ShapeLimits) {
  return (context: ValidationContext): ASTVisitor => {
    const fragments = new Map<string, FragmentDefinitionNode>();
    const measured = new Map<string, Shape>();
    for (const definition of context.getDocument().definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }

    const measure = (set: SelectionSetNode, open: ReadonlySet<string>): Shape => {
      const shape: Shape = { depth: 0, aliases: 0, fields: 0 };
      const add = (part: Shape, levels: number): void => {
        shape.depth = Math.max(shape.depth, part.depth + levels);
        shape.aliases += part.aliases;
        shape.fields += part.fields;
      };
      for (const selection of set.selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const name = selection.name.value;
          const fragment = fragments.get(name);
          // Unknown and cyclic fragments are reported by rules of their own.
          if (!fragment || open.has(name)) continue;
          let part = measured.get(name);
          if (!part) measured.set(name, (part = measure(fragment.selectionSet, new Set(open).add(name))));
          add(part, 0);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          add(measure(selection.selectionSet, open), 0);
        } else {
          shape.fields += 1;
          if (selection.alias) shape.aliases += 1;
          const isIntrospection = selection.name.value.startsWith("__");
          const inner = selection.selectionSet ? measure(selection.selectionSet, open) : { depth: 0, aliases: 0, fields: 0 };
          add({ ...inner, depth: isIntrospection ? 0 : inner.depth }, 1);
        }
        if (shape.fields > maxFields) break;
      }
      return shape;
    };

    return {
      OperationDefinition(node) {
        const shape = measure(node.selectionSet, new Set());
        const refuse = (message: string): void =>
          context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: "COST_LIMIT" } }));
        if (shape.depth > limits.maxDepth) refuse(`The operation is ${shape.depth} levels deep; ${limits.maxDepth} are allowed.`);
        if (shape.aliases > limits.maxAliases) refuse(`The operation has ${shape.aliases} aliases; ${limits.maxAliases} are allowed.`);
        if (shape.fields > maxFields) refuse(`The operation selects more than ${maxFields} fields.`);
      },
    };
  };
}
