import { getIntrospectedSchema, minifyIntrospectionQuery } from "@urql/introspection";

/** A codegen plugin: the schema as the small introspection result that graphcache reads, arguments left out. */
export const plugin = (schema) => {
  const { __schema } = minifyIntrospectionQuery(getIntrospectedSchema(schema));
  const types = __schema.types.map((type) =>
    "fields" in type ? { ...type, fields: type.fields.map((field) => ({ ...field, args: [] })) } : type,
  );
  return JSON.stringify({ __schema: { ...__schema, types } });
};
