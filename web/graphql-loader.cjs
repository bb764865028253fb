// Puts each GraphQL operation's text into the module that uses it. The generated `graphql()` looks operations up in a map
// of all of them, which would be a part of every route, and parsed there at every start.
const { readFileSync } = require("node:fs");
const path = require("node:path");

const texts = path.join(__dirname, "src/gql/documents.json");
const call = /\bgraphql\(\s*`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g;

/** @this {{ addDependency: (file: string) => void }} @param {string} source */
module.exports = function inlineDocuments(source) {
  this.addDependency(texts);
  const known = JSON.parse(readFileSync(texts, "utf8"));
  let isWhole = true;
  const inlined = source.replace(call, (original, kind, name) => {
    // A fragment is in the text of those who spread it; by itself it only has a type.
    if (kind === "fragment") return "undefined";
    if (known[name]) return `graphql(${JSON.stringify(known[name])})`;
    isWhole = false;
    return original;
  });
  return isWhole
    ? inlined.replace(/import \{ graphql \} from "#gql\/gql\.ts"/, 'import { gql as graphql } from "urql"')
    : source;
};
