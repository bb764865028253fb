import {
  BREAK,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/**
 * Whether a document writes a value of one of our own scalars out instead of taking it from a variable. graphql-jit keeps
 * such values as JSON text, which a BigInt or a Date does not survive, and does not see variables inside of them.
 */
export function writesOwnScalars(schema: GraphQLSchema, document: DocumentNode): boolean {
  const info = new TypeInfo(schema);
  let isFound = false;
  const look = (): unknown => {
    const type = getNamedType(info.getInputType());
    if (!isScalarType(type) || isSpecifiedScalarType(type)) return undefined;
    isFound = true;
    return BREAK;
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      IntValue: look,
      FloatValue: look,
      StringValue: look,
      BooleanValue: look,
      ObjectValue: look,
      ListValue: look,
    }),
  );
  return isFound;
}
