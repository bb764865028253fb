import { GraphQLError, Kind, type ValueNode } from "graphql";
import { builder } from "#graphql/builder.ts";

/**
 * The three scalars behave as those of graphql-scalars. They are written here because that package gives
 * BigInt.prototype a toJSON, which would turn 64-bit seeds in graphs into strings.
 */
builder.scalarType("DateTime", {
  description: "A moment as ISO 8601 text in UTC, such as 2026-11-21T09:30:00.000Z.",
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  parseValue: (value) => {
    const date = typeof value === "string" ? new Date(value) : undefined;
    if (!date || Number.isNaN(date.getTime())) throw new GraphQLError("DateTime must be an ISO 8601 text");
    return date;
  },
});

builder.scalarType("JSON", {
  description: "Any JSON value of up to 100 levels. Integers of any size are kept exact.",
  serialize: (value) => value,
  parseValue: requireShallow,
  parseLiteral: (node, variables) => requireShallow(literalToJson(node, variables ?? {})),
});

builder.scalarType("BigInt", {
  description: "An integer of up to 64 bits: a JSON number when it fits 2^53, else decimal text. Both are accepted.",
  serialize: (value) => {
    const big = BigInt(value);
    return big <= BigInt(Number.MAX_SAFE_INTEGER) && big >= BigInt(Number.MIN_SAFE_INTEGER)
      ? Number(big)
      : big.toString();
  },
  parseValue: toBigInt,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT && node.kind !== Kind.STRING)
      throw new GraphQLError("BigInt must be an integer", { nodes: node });
    return toBigInt(node.value);
  },
});

/** Deeper than anything that is meant, and far from what exhausts the stack of whoever walks it. */
const maxJsonDepth = 100;

/** Level by level, because a walk into the depth is what such a value would exhaust. @throws GraphQLError */
function requireShallow(value: unknown): unknown {
  let level = [value].filter(isHolder);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxJsonDepth) throw tooDeep();
    level = level.flatMap((each) => Object.values(each).filter(isHolder));
  }
  return value;
}

const isHolder = (value: unknown): value is object => typeof value === "object" && value !== null;

const tooDeep = (): GraphQLError => new GraphQLError(`JSON has at most ${maxJsonDepth} levels`);

function toBigInt(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "string" && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  throw new GraphQLError("BigInt must be an integer of up to 20 digits; write those beyond 2^53 as text");
}

function literalToJson(node: ValueNode, variables: Record<string, unknown>, depth = 1): unknown {
  if (depth > maxJsonDepth + 1) throw tooDeep();
  const inside = (value: ValueNode): unknown => literalToJson(value, variables, depth + 1);
  switch (node.kind) {
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, inside(field.value)]));
    case Kind.LIST:
      return node.values.map(inside);
    case Kind.INT: {
      const number = Number(node.value);
      return Number.isSafeInteger(number) ? number : BigInt(node.value);
    }
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.NULL:
      return null;
    default:
      return node.value;
  }
}
