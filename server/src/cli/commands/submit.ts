import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Command, Option } from "commander";
import { type Api, payloadOf, UsageError } from "#cli/api.ts";
import { count, keyValue, path, readJsonObject, seed, texts } from "#cli/arguments.ts";
import { uploadFile } from "#cli/commands/upload.ts";
import { watchJobs } from "#cli/commands/watch.ts";
import { findWorkflow } from "#cli/commands/workflows.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { CliSubmitMutation, SubmitJobInput } from "#cli/gql/graphql.ts";
import { globalId, shortId } from "#cli/ids.ts";
import { show } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { type JsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";

const Submit = graphql(`
  mutation CliSubmit($input: SubmitJobInput!, $planned: Boolean!) {
    submitJob(input: $input) {
      ... on SubmitJobPayload {
        jobs {
          ...CliJob
        }
        plannedRuns @include(if: $planned) {
          input
          seed
          outputPrefix
          requiredLabels
          graph
        }
      }
      ...CliFailure
    }
  }
`);

interface SubmitOptions {
  param?: Record<string, string>;
  paramsFile?: string[];
  perFile?: string[];
  input?: string[];
  asset?: string[];
  directory?: string;
  stage?: boolean;
  tries?: number;
  seed?: bigint;
  seedMode?: string;
  promptMode?: string;
  name?: string;
  project?: string;
  pool?: string;
  requireLabel?: string[];
  priority?: number;
  resolution?: string;
  flipOrientation?: boolean;
  stages?: number;
  splitByInput?: boolean;
  skipBlocked?: boolean;
  allowUnresolved?: boolean;
  allowPartial?: boolean;
  idempotencyKey?: string;
  dryRun?: boolean;
  watch?: boolean;
}

export function addSubmitCommand(program: Command, cli: Cli): void {
  program
    .command("submit")
    .description("Submits a workflow: one run for each input and try.")
    .argument("<workflow>", "its name or id")
    .option("--param <key=value>", "a parameter or a prompt, as positive_prompt; may be repeated", keyValue)
    .option("--params-file <file>", "parameters as a JSON object; --param goes before it", path)
    .option("--per-file <file>", "parameters of single inputs, as a JSON object by file name", path)
    .option("--input <path>", "a file to upload and use, or a folder of files; may be repeated", path)
    .option("--asset <id>", "an asset that is there already; may be repeated", texts)
    .option("--directory <path>", "a folder of the server, below its allowed roots")
    .option("--stage", "copies files of --directory now, whatever the server's setting")
    .option("--no-stage", "reads files of --directory where they lie; they must not change until their runs have begun")
    .option("--tries <count>", "runs for each input", count(1, 100))
    .option("--seed <number>", "the seed, or the first", seed)
    .addOption(new Option("--seed-mode <mode>", "where seeds come from").choices(["random", "fixed", "increment"]))
    .addOption(
      new Option("--prompt-mode <mode>", "where texts come from").choices([
        "manual",
        "per_image_manual",
        "per_image_auto",
      ]),
    )
    .option("--name <text>", "the job's name")
    .option("--project <id>", "the project it belongs to")
    .option("--pool <name>", "the machines that may take it")
    .option("--require-label <label>", "only machines with this label take it; may be repeated", texts)
    .option("--priority <number>", "higher goes first", count(-1_000, 1_000))
    .option("--resolution <size>", "width and height, as 1280x720")
    .option("--flip-orientation", "swaps width and height")
    .option("--stages <count>", "stages of a workflow that has a template for them", count(1, 1_000))
    .option("--split-by-input", "makes a job of each input")
    .option("--skip-blocked", "leaves out runs that can't go, instead of refusing all")
    .option("--allow-unresolved", "takes texts with unresolved placeholders")
    .option("--allow-partial", "takes results of a graph of which the machine dropped a part")
    .option("--idempotency-key <key>", "a repeat with the same key gives the first job")
    .option("--dry-run", "queues nothing and prints the graphs that would be queued")
    .option("--watch", "follows the jobs to their end")
    .action(async (workflow: string, options: SubmitOptions) => {
      const [params, perFileParams, files] = await Promise.all([
        readObjects(options.paramsFile, "--params-file"),
        readObjects(options.perFile, "--per-file"),
        listInputs(options.input ?? []),
      ]);
      await cli.withApi(async (api) => {
        const input: SubmitJobInput = {
          ...plainOptions(options),
          workflowId: (await findWorkflow(api, workflow)).id,
          params: { ...params, ...options.param },
          ...(await inputsOf(api, options, files, perFileParams)),
        };
        const planned = options.dryRun ?? false;
        const submitted = payloadOf((await api.execute(Submit, { input, planned })).submitJob);
        if (planned) {
          show(cli.out, submitted.plannedRuns ?? [], () => describePlan(submitted));
          return;
        }
        if (!options.watch || !cli.out.json) {
          show(cli.out, submitted.jobs, () =>
            submitted.jobs.map((job) => `Job ${shortId(job.id)}: ${job.counts.total} runs, ${job.name}`),
          );
        }
        if (options.watch)
          await watchJobs(
            cli,
            api,
            submitted.jobs.map((job) => job.id),
          );
      });
    });
}

/** What goes to the API as it is; what is left out has the API's own default. */
function plainOptions(options: SubmitOptions): Partial<SubmitJobInput> {
  const given = {
    name: options.name,
    tries: options.tries,
    seed: options.seed,
    seedMode: options.seedMode?.toUpperCase(),
    promptMode: options.promptMode?.toUpperCase(),
    pool: options.pool,
    requiredLabels: options.requireLabel,
    priority: options.priority,
    projectId: options.project === undefined ? undefined : globalId("Project", options.project),
    resolution: options.resolution,
    flipOrientation: options.flipOrientation,
    stages: options.stages,
    splitByInput: options.splitByInput,
    skipBlocked: options.skipBlocked,
    allowUnresolved: options.allowUnresolved,
    allowPartial: options.allowPartial,
    idempotencyKey: options.idempotencyKey,
    directory: options.directory,
    stageOnSubmit: options.stage,
    dryRun: options.dryRun,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function readObjects(files: readonly string[] = [], option: string) {
  const objects = await Promise.all(files.map((file) => readJsonObject(file, option)));
  return Object.assign({}, ...objects) as (typeof objects)[number];
}

/** Files that were named, and those of folders, in natural order; hidden ones are left out. @throws UsageError */
async function listInputs(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    paths.map(async (each) => {
      const info = await stat(each).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`--input: ${each} can't be read (${error.code ?? error.message})`);
      });
      if (!info.isDirectory()) return [each];
      const entries = await readdir(each, { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("."));
      if (files.length === 0) throw new UsageError(`--input: there are no files in ${each}`);
      return files.map((file) => join(each, file.name)).toSorted(compareNatural);
    }),
  );
  return lists.flat();
}

/**
 * Uploads the files. Parameters of one of them are given by the name that it has here; an upload may get another one, so
 * they go with its id. @throws UsageError for a name that two files have
 */
async function inputsOf(api: Api, options: SubmitOptions, files: readonly string[], perFile: JsonObject) {
  const inputs = (options.asset ?? []).map((asset) => ({ assetId: globalId("Asset", asset) }));
  const named = new Map<string, string[]>();
  for (const file of files) named.set(basename(file), [...(named.get(basename(file)) ?? []), file]);
  const twice = [...named].find(([name, paths]) => paths.length > 1 && Object.hasOwn(perFile, name));
  if (twice) throw new UsageError(`--per-file: "${twice[0]}" is the name of ${twice[1].join(" and ")}; give the paths`);
  const perFileParams = { ...perFile };
  for (const file of files) {
    const { id } = await uploadFile(api, file, options.project);
    inputs.push({ assetId: id });
    for (const key of [basename(file), file]) {
      if (!Object.hasOwn(perFile, key)) continue;
      delete perFileParams[key];
      perFileParams[id] = perFile[key] as JsonValue;
    }
  }
  return { perFileParams, ...(inputs.length > 0 ? { inputs } : {}) };
}

type Submitted = Extract<NonNullable<CliSubmitMutation["submitJob"]>, { jobs: unknown }>;

function describePlan({ plannedRuns }: Submitted): string[] {
  return (plannedRuns ?? []).flatMap((run, index) => [
    `Run ${index + 1}: ${run.input ?? "no input"}, seed ${String(run.seed ?? "none")}, outputs as ${run.outputPrefix}${onlyOn(run.requiredLabels)}`,
    stringifyJson(run.graph, 2),
  ]);
}

const onlyOn = (labels: readonly string[]): string =>
  labels.length > 0 ? `, only on machines with ${labels.join(", ")}` : "";
