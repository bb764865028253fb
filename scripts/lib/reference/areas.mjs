// Where in the reference something belongs: the folder of the server whose *.graphql.ts defines it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const domains = "server/src/domains";

/** The pages, in the order of the domains. @type {Record<string, { title: string, about: string }>} */
export const areas = {
  shared: { title: "Shared", about: "What everything else uses: ids, pages, errors, scalars." },
  accounts: { title: "People and access", about: "Who is there, roles, invitations, API keys, who signed in." },
  projects: { title: "Projects", about: "What people work on together, and who its members are." },
  assets: { title: "Assets", about: "Stored files: uploads, inputs, outputs." },
  machines: { title: "Machines", about: "ComfyUI servers, their pools and labels." },
  workflows: { title: "Workflows", about: "Imported graphs with their versions, prompt slots and parameters." },
  fragments: { title: "Fragments", about: "Pieces of prompts that are put behind a text." },
  libraries: { title: "Libraries", about: "Named texts that stand in for `%keys%`." },
  presets: { title: "Presets", about: "Prompts, settings and resolutions under names." },
  prompts: { title: "Prompts", about: "Scene types, characters, overrides, and what comes of them." },
  queue: { title: "Queue", about: "Jobs and their runs: submit, watch, steer; the state of the system." },
  takes: {
    title: "Takes",
    about: "Renditions of a scene type with a character: make, review, repeat; outputs and where they are from.",
  },
  retention: { title: "Retention", about: "How long files are kept, and their deletion." },
  stories: {
    title: "Stories",
    about: "Branches, scenes and the continuity of what is in them; their prompts, pictures and films.",
  },
  autoprompt: { title: "Auto-prompts", about: "Descriptions and prompts that a language model writes for pictures." },
  works: { title: "Works", about: "Novels with their chapters, and translations of them." },
  webhooks: { title: "Webhooks", about: "Addresses that are told what happens, and the log of that." },
};

/**
 * The area of each operation (`Query.jobs`) and type (`Job`) that the sources define by its name.
 * @param {string} root of the repository
 * @returns {Map<string, string>}
 */
export function findAreas(root) {
  const found = new Map();
  const note = (name, area) => found.has(name) || found.set(name, area);
  for (const area of Object.keys(areas)) {
    const folder = area === "shared" ? "server/src/graphql" : join(domains, area);
    for (const text of sourcesIn(join(root, folder))) {
      // objectRef<Row>("Job"), inputType("JobInput"), payloadOf("JobPayload"), mutation("submitJob"), queryField("jobs")
      for (const [, how, name] of text.matchAll(/(\w+)(?:<[^()]*>)?\(\s*"(\w+)"/g)) {
        if (how === "mutation" || how === "mutationField") note(`Mutation.${name}`, area);
        else if (how === "queryField") note(`Query.${name}`, area);
        else if (how === "subscriptionField") note(`Subscription.${name}`, area);
        else if (/(Ref|Type|[oO]f)$/.test(how) && /^[A-Z]/.test(name)) note(name, area);
      }
      // enumType(JobStatus, { name: "JobStatus" }) and builder.queryFields((t) => ({ jobs: t.…
      for (const [, name] of text.matchAll(/\bname: "([A-Z]\w+)"/g)) note(name, area);
      for (const [, kind, body] of text.matchAll(/(query|mutation|subscription)Fields\(([^]*?)^\}/gm))
        for (const [, name] of body.matchAll(/^ {2}(\w+): t\b/gm))
          note(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}.${name}`, area);
    }
  }
  return found;
}

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), "utf8"));
}
