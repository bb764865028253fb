// docs/api-changelog.md: a section for each day on which the schema changed, told by the schemas before and after.
import { createHash } from "node:crypto";
import { CommandFailed } from "./run.mjs";
import { git, schemaChanges } from "./schema-changes.mjs";

const schemaNote = /^<!-- schema ([0-9a-f]{40}) -->$/m;
const sinceNote = /^<!-- since ([0-9a-f]{40}) -->$/m;
const roots = { Query: "queries", Mutation: "mutations", Subscription: "subscriptions" };

/** The name that git has for a text. */
function blobOf(text) {
  const bytes = Buffer.from(text);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/**
 * The changelog with what is new in the schema. The day's section is told anew from the schema before that day, so that what
 * came and went within it is not in it. A text that knows of this schema stays as it is.
 */
export async function updatedChangelog(text, schema, { day = today(), textOf = committedText } = {}) {
  const now = blobOf(schema);
  const before = schemaNote.exec(text)?.[1];
  if (before === now) return text;
  const [head, ...sections] = text.split(/^(?=## )/m);
  const [top] = sections;
  const topSince = top && sinceNote.exec(top)?.[1];
  // A schema that was never committed can't be found again: its section is told anew, whatever its day.
  const continues = topSince !== undefined && (top.startsWith(`## ${day}\n`) || textOf(before) === undefined);
  const since = continues ? topSince : before;
  const old = textOf(since);
  if (old === undefined)
    throw new CommandFailed(`The schema before (${since}) is not in this clone: git fetch --unshallow`);
  const section = await renderSection(continues ? titleOf(top) : day, since, old, schema);
  const others = continues ? sections.slice(1) : sections;
  return [head.replace(schemaNote, `<!-- schema ${now} -->`), section, ...others].join("");
}

const titleOf = (section) => /^## (.+)$/m.exec(section)?.[1];
const today = () => new Date().toISOString().slice(0, 10);
const committedText = (blob) => (blob ? git("cat-file", "blob", blob) : undefined);

/** @returns {Promise<string>} empty when only descriptions changed */
async function renderSection(title, since, before, after) {
  const changes = await schemaChanges(before, after);
  const isNew = new Set(changes.filter(({ type }) => type === "TYPE_ADDED").map(({ path }) => path));
  const isGone = new Set(changes.filter(({ type }) => type === "TYPE_REMOVED").map(({ path }) => path));
  const parentOf = ({ path = "" }) => path.split(".")[0];
  // What happened to a type as a whole says it of its fields, too.
  const told = changes.filter(
    (change) => !(isNew.has(parentOf(change)) || isGone.has(parentOf(change))) || !change.path?.includes("."),
  );
  const added = told.filter(({ type }) => /^(INPUT_)?FIELD_ADDED$/.test(type));
  const blocks = [
    list(
      "Breaking",
      told.filter(({ isBreaking }) => isBreaking).map(({ message }) => message),
    ),
    list(
      "Take care",
      told.filter(({ isDangerous, type }) => isDangerous && type !== "FIELD_ADDED").map(({ message }) => message),
    ),
    list(
      "Deprecated",
      told.filter(({ type }) => /DEPRECATION_(ADDED|REASON_CHANGED)$/.test(type)).map(({ message }) => message),
    ),
    list(
      "New",
      [
        ...Object.entries(roots).map(([root, words]) => [
          words,
          added.filter(({ path }) => path.startsWith(`${root}.`)).map(({ path }) => path.split(".")[1]),
        ]),
        ["types", [...isNew].filter((name) => !/(Connection|Edge|Result|Payload|Input)$/.test(name))],
        ...fieldsByType(added.filter((change) => !(parentOf(change) in roots) && !change.isBreaking)),
      ]
        .filter(([, names]) => names.length > 0)
        .map(([what, names]) => `${what}: ${names.map((name) => `\`${name}\``).join(", ")}`),
    ),
  ].filter(Boolean);
  return blocks.length === 0 ? "" : `## ${title}\n\n<!-- since ${since} -->\n\n${blocks.join("\n\n")}\n\n`;
}

function fieldsByType(changes) {
  const types = new Map();
  for (const { path } of changes) {
    const [type, field] = path.split(".");
    types.set(type, [...(types.get(type) ?? []), field]);
  }
  return [...types].map(([type, fields]) => [`fields of \`${type}\``, fields]);
}

const list = (title, lines) =>
  lines.length === 0 ? undefined : `**${title}**\n\n${lines.map((line) => `- ${readable(line)}`).join("\n")}`;

/** Names in quotes are code. */
const readable = (message) => message.replaceAll(/'([^']+)'/g, "`$1`");
