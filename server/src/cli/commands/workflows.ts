import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import type { Command } from "commander";
import { type Api, CommandError, payloadOf, UsageError } from "#cli/api.ts";
import { count } from "#cli/arguments.ts";
import { describeDiff, describeImport, type Imported } from "#cli/commands/workflow-texts.ts";
import { graphql } from "#cli/gql/gql.ts";
import { globalId, isShortId, shortId } from "#cli/ids.ts";
import { show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Workflows = graphql(`
  query CliWorkflows($search: String, $first: Int!) {
    workflows(search: $search, first: $first) {
      totalCount
      nodes {
        id
        name
        category
        status
        inputKind
        updatedAt
        currentVersion {
          id
          number
        }
      }
    }
  }
`);

const Workflow = graphql(`
  query CliWorkflow($id: ID, $name: String) {
    workflow(id: $id, name: $name) {
      id
      name
      currentVersion {
        id
      }
      versions(first: 200) {
        nodes {
          id
          number
        }
      }
    }
  }
`);

const Import = graphql(`
  mutation CliImport($input: ImportWorkflowInput!) {
    importWorkflow(input: $input) {
      ... on ImportWorkflowPayload {
        isNewVersion
        workflow {
          id
          name
        }
        version {
          number
        }
        report {
          format
          warnings
          slotsAdded {
            label
          }
          slotsUpdated {
            label
          }
          slotsRemoved {
            label
          }
          slotsOrphaned {
            slot {
              label
            }
          }
        }
      }
      ...CliFailure
    }
  }
`);

const Validate = graphql(`
  query CliValidate($workflowId: ID!, $pool: String) {
    validateWorkflow(workflowId: $workflowId, pool: $pool) {
      status
      message
      machine {
        name
      }
      items(problemsOnly: true) {
        kind
        nodeId
        classType
        inputName
        message
        suggestions
      }
    }
  }
`);

const Diff = graphql(`
  query CliDiff($fromId: ID!, $toId: ID!) {
    workflowVersionDiff(fromId: $fromId, toId: $toId) {
      from {
        number
      }
      to {
        number
      }
      nodes {
        kind
        nodeId
        classType
        title
        inputs {
          name
          before
          after
        }
      }
      slots {
        kind
        beforeText
        afterText
        slot {
          label
        }
      }
      parameters {
        kind
        key
        changes {
          name
          before
          after
        }
      }
    }
  }
`);

export function addWorkflowCommands(program: Command, cli: Cli): void {
  const workflows = program.command("workflows").description("Lists, imports and checks workflows.");
  workflows
    .command("list", { isDefault: true })
    .description("Lists workflows.")
    .option("--search <text>", "part of the name")
    .action(({ search }: { search?: string }) =>
      cli.withApi(async (api) => {
        const { workflows: page } = await api.execute(Workflows, { search: search ?? null, first: 200 });
        show(cli.out, page, () =>
          table(
            ["id", "status", "version", "input", "name"],
            page.nodes.map((each) => [
              shortId(each.id),
              each.status,
              String(each.currentVersion.number),
              each.inputKind,
              each.name,
            ]),
          ),
        );
      }),
    );
  workflows
    .command("import")
    .description(
      "Imports a file, or every .json, .yaml and .yml file of a folder; what is known already stays as it is.",
    )
    .argument("<path>", "a workflow of ComfyUI, or a definition")
    .option("--name <text>", "the workflow's name; the file's unless said")
    .option("--description <text>", "what it is for")
    .option("--remove-orphans", "lets slots that are gone go together with the texts that hang on them")
    .action((given: string, options: ImportOptions) => importPath(cli, resolve(given), options));
  workflows
    .command("validate")
    .description("Checks a workflow against each machine of a pool. Fails unless all can run it.")
    .argument("<workflow>", "its name or id")
    .option("--pool <name>", "the pool")
    .action((text: string, { pool }: { pool?: string }) =>
      cli.withApi(async (api) => {
        const { id } = await findWorkflow(api, text);
        const { validateWorkflow: results } = await api.execute(Validate, { workflowId: id, pool: pool ?? null });
        show(cli.out, results, () =>
          results.flatMap(({ machine, status, message, items }) => [
            `${machine.name}: ${status}${message ? `: ${message}` : ""}`,
            ...items.map(
              (item) =>
                `  ${item.nodeId ? `node ${item.nodeId} ` : ""}${item.message}${item.suggestions.length > 0 ? ` (near: ${item.suggestions.join(", ")})` : ""}`,
            ),
          ]),
        );
        if (results.length === 0) throw new CommandError("There is no enabled machine to check against");
        if (results.some(({ status }) => status !== "PASSED")) cli.fail();
      }),
    );
  workflows
    .command("diff")
    .description("Shows what two versions differ in: the newest from the one before it, unless said.")
    .argument("<workflow>", "its name or id")
    .argument("[from]", "the earlier version's number", count(1, 1_000_000))
    .argument("[to]", "the later version's number", count(1, 1_000_000))
    .action((text: string, from: number | undefined, to: number | undefined) =>
      cli.withApi(async (api) => {
        const { versions, name } = await findWorkflow(api, text);
        const numbers = versions.nodes.map((version) => version.number);
        if (numbers.length === 1 && to === undefined) throw new CommandError(`${name} has one version only`);
        const later = to ?? Math.max(...numbers);
        const earlier = from ?? later - 1;
        const idOf = (number: number): string => {
          const version = versions.nodes.find((each) => each.number === number);
          if (!version) throw new CommandError(`${name} has no version ${number}; it has ${numbers.join(", ")}`);
          return version.id;
        };
        const { workflowVersionDiff: diff } = await api.execute(Diff, { fromId: idOf(earlier), toId: idOf(later) });
        show(cli.out, diff, () => describeDiff(diff));
      }),
    );
}

/** A workflow by its name or id. @throws CommandError */
export async function findWorkflow(api: Api, text: string) {
  const isId = isShortId(text) || Buffer.from(text, "base64").toString("utf8").startsWith("Workflow:");
  const { workflow } = await api.execute(
    Workflow,
    isId ? { id: globalId("Workflow", text), name: null } : { name: text, id: null },
  );
  if (!workflow) throw new CommandError(`There is no workflow "${text}"; \`callsheet workflows\` lists them`);
  return workflow;
}

interface ImportOptions {
  name?: string;
  description?: string;
  removeOrphans?: boolean;
}

async function importPath(cli: Cli, path: string, { name, description, removeOrphans }: ImportOptions): Promise<void> {
  const files = await listSources(path);
  if (name !== undefined && files.length > 1)
    throw new UsageError(`--name is for one file; ${path} has ${files.length}`);
  await cli.withApi(async (api) => {
    const imported: (Imported & { file: string })[] = [];
    for (const file of files) {
      const input = {
        name: name ?? basename(file, extname(file)),
        source: await readFile(file, "utf8"),
        removeOrphans: removeOrphans ?? false,
        ...(description === undefined ? {} : { description }),
      };
      const { importWorkflow } = await api.execute(Import, { input });
      try {
        imported.push({ file, ...payloadOf(importWorkflow) });
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        if (files.length === 1) throw error;
        // The others of a folder are imported all the same.
        cli.out.note(`${file}: ${error.message}`);
        cli.fail();
      }
    }
    show(cli.out, imported, () => imported.flatMap(describeImport));
  });
}

/** @throws UsageError */
async function listSources(path: string): Promise<string[]> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can't be read (${error.code ?? error.message})`);
  });
  if (!info.isDirectory()) return [path];
  const files = (await readdir(path)).filter((file) => /\.(json|ya?ml)$/i.test(file)).toSorted();
  if (files.length === 0) throw new UsageError(`There are no .json, .yaml or .yml files in ${path}`);
  return files.map((file) => join(path, file));
}
