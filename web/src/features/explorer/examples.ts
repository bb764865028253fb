import cookbook from "#gql/examples.json";

/** An operation of the cookbook. */
export interface Example {
  /** The heading above it. */
  title: string;
  /** The first of the operations in it, as people call them. */
  name: string;
  query: string;
  /** Places for what it demands, as JSON. */
  variables: string;
}

export const examples: readonly Example[] = cookbook.map(({ title, names, query, variables }) => ({
  title,
  name: names.join(", ") || "Query",
  query,
  variables: Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : "",
}));

/** What the explorer opens with, in tabs. */
const firstNames = ["Attention", "FindOutputs", "Submit", "Follow"];
export const firstExamples = firstNames.flatMap((name) => examples.find((example) => example.name === name) ?? []);

/** The examples below their headings, in the order of the cookbook. */
export function byTitle(list: readonly Example[]): [title: string, examples: Example[]][] {
  const groups = new Map<string, Example[]>();
  for (const example of list) groups.set(example.title, [...(groups.get(example.title) ?? []), example]);
  return [...groups];
}
