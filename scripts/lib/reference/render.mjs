// Writes the reference as Markdown that reads well on GitHub: tables for fields, links between types, who may do what.
import { createRequire } from "node:module";
import { areas } from "./areas.mjs";
import { isShownInPlace, partsOf, placeAll } from "./places.mjs";

const require = createRequire(new URL("../../../server/package.json", import.meta.url));
const {
  getNamedType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  print,
  astFromValue,
} = require("graphql");

const pageArguments = new Set(["first", "after", "last", "before"]);
const note = "<!-- Written by `npm run generate` from the schema and its descriptions. -->";

/**
 * @param {import("graphql").GraphQLSchema} schema
 * @param {Record<string, string>} access who may use what is not open to the usual role: `Query.users` → `ADMIN`
 * @param {string} root of the repository
 * @returns {Map<string, string>} text by file name
 */
export function renderReference(schema, access, root) {
  const { pages, linkTo } = placeAll(schema, root);
  const files = new Map([["README.md", renderIndex(schema, pages, linkTo)]]);
  for (const [area, page] of pages) files.set(`${area}.md`, renderPage(schema, access, area, page, linkTo));
  return files;
}

function renderIndex(schema, pages, linkTo) {
  const rows = [...pages].map(([area]) => `| [${areas[area].title}](${area}.md) | ${areas[area].about} |`);
  const scalars = Object.values(schema.getTypeMap())
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .map(({ name, description }) => `| \`${name}\` | ${inline(description)} |`);
  const operations = [...pages].flatMap(([area, page]) => {
    const lists = Object.entries(page.operations)
      .filter(([, fields]) => fields.length > 0)
      .map(([kind, fields]) => {
        const links = fields.map(({ name }) => `[${name}](${linkTo(`${kind}.${name}`, "")})`);
        return `${{ Query: "Queries", Mutation: "Mutations", Subscription: "Subscriptions" }[kind]}: ${links.join(", ")}`;
      });
    return lists.length === 0 ? [] : [`### ${areas[area].title}`, ...lists];
  });
  return paragraphs(
    "# Reference of the API",
    note,
    "Every operation and type of [the schema](../../server/schema.graphql), by subject. Scripts that use them: the [cookbook](../cookbook/README.md). What changed: the [changelog](../api-changelog.md).",
    ["| | |", "|---|---|", ...rows].join("\n"),
    "## How to read it",
    "**Roles.** Queries and subscriptions are open to VIEWER, mutations to CREATOR, unless the operation says otherwise; each says it. What belongs to a project is seen by its members only; in it, the stricter of the role in the studio and the role in the project holds ([accounts](../accounts.md#roles)).",
    "**Mutations** take one `input` and answer with their payload or with one of the [errors](shared.md#error): select both. A mutation field is null only beside a top-level error, so that one failure does not void the others of a request.",
    "**Pages.** A connection is a list in pages: it takes `first` and `after`, or `last` and `before` (50 entries unless said, 200 at most), and has `nodes`, `edges { cursor node }`, `pageInfo` and `totalCount`. “Page of X” below stands for that.",
    "**Ids** are opaque and global: `node(id:)` finds everything that has one.",
    ["| scalar | |", "|---|---|", ...scalars].join("\n"),
    "## Operations",
    ...operations,
  );
}

function renderPage(schema, access, area, page, linkTo) {
  const context = { schema, access, area, linkTo };
  const { title, about } = areas[area];
  const group = (heading, list, render) => (list.length === 0 ? [] : [`## ${heading}`, ...list.flatMap(render)]);
  return paragraphs(
    `# ${title}`,
    note,
    `${about} [All subjects](README.md)`,
    ...group("Queries", page.operations.Query, (field) => renderOperation(context, "Query", field)),
    ...group("Mutations", page.operations.Mutation, (field) => renderMutation(context, field)),
    ...group("Subscriptions", page.operations.Subscription, (field) => renderOperation(context, "Subscription", field)),
    ...group("Objects", page.objects, (type) => renderObject(context, type)),
    ...group("Unions", page.unions, (type) => [
      `### ${type.name}`,
      block(type.description),
      `One of ${type
        .getTypes()
        .map((each) => typeLink(context, each))
        .join(", ")}.`,
    ]),
    ...group("Inputs", page.inputs, (type) => [
      `### ${type.name}`,
      block(type.description),
      fieldTable(context, type, Object.values(type.getFields())),
    ]),
    ...group("Enums", page.enums, (type) => [
      `### ${type.name}`,
      block(type.description),
      table(
        "value",
        type.getValues().map((value) => [`\`${value.name}\``, said(value)]),
      ),
    ]),
  );
}

const mayUse = ({ access }, name, usual) => {
  const role = access[name];
  return role ? `For ${role}.` : usual && `For ${usual}.`;
};

function renderOperation(context, kind, field) {
  const others = field.args.filter(({ name }) => !isPaged(field) || !pageArguments.has(name));
  return [
    `### ${field.name}`,
    block(field.description),
    deprecation(field),
    [
      mayUse(context, `${kind}.${field.name}`, "VIEWER"),
      `Gives ${isPaged(field) ? "a " : ""}${typeLink(context, field.type)}.`,
    ]
      .filter(Boolean)
      .join(" "),
    others.length > 0 && fieldTable(context, undefined, others, "argument"),
  ];
}

function renderMutation(context, field) {
  const { input, payload } = partsOf(field);
  const own = (type) => type && isShownInPlace(context.schema, type);
  const fields = (type) => Object.values(type.getFields());
  return [
    `### ${field.name}`,
    block(field.description),
    deprecation(field),
    mayUse(context, `Mutation.${field.name}`, "CREATOR"),
    own(input) ? fieldTable(context, input, fields(input), "input") : input && `Input: ${typeLink(context, input)}.`,
    own(payload)
      ? fieldTable(context, payload, fields(payload), payload.name)
      : payload && `Payload: ${typeLink(context, payload)}.`,
  ];
}

function renderObject(context, type) {
  const interfaces = type.getInterfaces().map((each) => typeLink(context, each));
  const known = isInterfaceType(type) ? context.schema.getPossibleTypes(type) : [];
  return [
    `### ${type.name}`,
    block(type.description),
    interfaces.length > 0 && `Implements ${interfaces.join(", ")}.`,
    isInterfaceType(type) && `Types: ${known.map((each) => typeLink(context, each)).join(", ")}.`,
    fieldTable(context, type, Object.values(type.getFields())),
  ];
}

function fieldTable(context, parent, fields, title = "field") {
  const rows = fields.map((field) => {
    const role = parent && mayUse(context, `${parent.name}.${field.name}`, undefined);
    const text = [role, said(field), argumentsOf(context, field)].filter(Boolean).join(" ");
    const usual = defaultOf(field);
    return [`\`${field.name}\``, `${typeLink(context, field.type)}${usual}`, text];
  });
  return [`| ${title} | type | |`, "|---|---|---|", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}

function table(title, rows) {
  return [`| ${title} | |`, "|---|---|", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}

/** Arguments of a field that is no operation, in a line; those of pages go without saying. */
function argumentsOf(context, field) {
  const others = (field.args ?? []).filter(({ name }) => !isPaged(field) || !pageArguments.has(name));
  if (others.length === 0) return "";
  const texts = others.map(
    (each) => `\`${each.name}\` ${typeLink(context, each.type)}${defaultOf(each)}: ${inline(each.description)}`,
  );
  return `<br>Takes ${texts.join("<br>")}`;
}

const isPaged = (field) => getNamedType(field.type).name.endsWith("Connection");

function defaultOf(field) {
  if (field.defaultValue === undefined) return "";
  const value = astFromValue(field.defaultValue, field.type);
  return value ? ` = \`${print(value)}\`` : "";
}

/** A type as it is written, linked to where it stands. */
function typeLink({ schema, area, linkTo }, type) {
  const named = getNamedType(type);
  if (named.name.endsWith("Connection") && isObjectType(named)) {
    const node = getNamedType(named.getFields().nodes.type);
    return `page of ${typeLink({ schema, area, linkTo }, node)}`;
  }
  const text = `\`${String(type)}\``;
  const to = isScalarType(named) ? undefined : linkTo(named.name, area);
  return to ? `[${text}](${to})` : text;
}

const said = (thing) => [inline(thing.description), deprecation(thing)].filter(Boolean).join(" ");
const deprecation = ({ deprecationReason }) =>
  deprecationReason ? `**Deprecated.** ${inline(deprecationReason)}` : undefined;

/** A description in a cell of a table. */
function inline(text) {
  return (text ?? "")
    .trim()
    .replaceAll("|", String.raw`\|`)
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll("<", "&lt;");
}

/** A description by itself. What looks like HTML is text, except in code. */
function block(text) {
  return (text ?? "")
    .trim()
    .split("`")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "&lt;") : part))
    .join("`");
}

/** @param {(string | false | undefined)[]} parts */
function paragraphs(...parts) {
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}
