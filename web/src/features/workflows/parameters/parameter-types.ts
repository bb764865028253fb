import type { ParameterType } from "#gql/graphql.ts";
import { sentence } from "#lib/format.ts";

const words: Partial<Record<ParameterType, string>> = { INT: "Whole number", FLOAT: "Number", BOOLEAN: "Yes or no" };

/** A parameter's type in words. */
export const typeLabel = (type: ParameterType): string => words[type] ?? sentence(type);
