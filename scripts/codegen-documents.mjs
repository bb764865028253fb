import { print, stripIgnoredCharacters, visit } from "graphql";

/** A codegen plugin: every operation's text with the fragments that it needs, by name, for the bundle (web/graphql-loader.cjs) and for servers that run known documents only. */
export const plugin = (_schema, documents) => {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === "FragmentDefinition").map((each) => [each.name.value, each]),
  );
  const collect = (definition, found) => {
    visit(definition, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        collect(fragment, found);
      },
    });
    return found;
  };
  const texts = definitions
    .filter(({ kind }) => kind === "OperationDefinition")
    .map((operation) => {
      const parts = [operation, ...collect(operation, new Set())];
      return [operation.name.value, stripIgnoredCharacters(parts.map(print).join("\n"))];
    });
  return JSON.stringify(Object.fromEntries(texts));
};
