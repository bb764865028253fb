import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { type Api, payloadOf, UsageError } from "#cli/api.ts";
import { readJsonObject } from "#cli/arguments.ts";
import { followAutoPrompt, type WatchedAutoPrompt } from "#cli/commands/follow-auto-prompt.ts";
import { uploadFile } from "#cli/commands/upload.ts";
import { findWorkflow } from "#cli/commands/workflows.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { AutoPromptInput, AutoPromptStage } from "#cli/gql/graphql.ts";
import { globalId } from "#cli/ids.ts";
import { show } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";
import { inputExtensions } from "#domains/queue/logic/input-extensions.ts";
import { matchingFiles } from "#domains/queue/paths/matching-files.ts";
import { type JsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";

const Start = graphql(`
  mutation CliAutoPrompt($input: AutoPromptInput!) {
    autoPrompt(input: $input) {
      ... on AutoPromptPayload {
        autoPrompt {
          id
        }
      }
      ...CliFailure
    }
  }
`);

const Apply = graphql(`
  mutation CliApplyAutoPrompts($input: ApplyAutoPromptsInput!) {
    applyAutoPrompts(input: $input) {
      ... on ApplyAutoPromptsPayload {
        perFileParams
      }
      ...CliFailure
    }
  }
`);

interface AutoPromptOptions {
  stage: string;
  workflow?: string;
  captionsFile?: string;
  systemPrompt?: string;
  project?: string;
  onServer?: boolean;
  out?: string;
}

export function addAutoPromptCommand(program: Command, cli: Cli): void {
  program
    .command("auto-prompt")
    .description("Has a language model describe the pictures of a folder and write prompts for them.")
    .argument("<folder>", "the folder; its pictures are uploaded")
    .addOption(
      new Option("--stage <stage>", "what is written: descriptions, prompts from given descriptions, or all")
        .choices(["caption", "motion", "both"])
        .default("both"),
    )
    .option("--workflow <workflow>", "what the prompts are for: its name or id; only --stage caption goes without")
    .option("--captions-file <file>", "descriptions as a JSON object by file name; --stage motion needs all of them")
    .option("--system-prompt <text>", "instead of the studio's own; @FILE reads it from a file")
    .option("--project <id>", "the project that it belongs to")
    .option("--on-server", "the folder is one of the server, below its allowed roots")
    .option("--out <file>", "writes the result to a file, as JSON")
    .action(async (folder: string, options: AutoPromptOptions) => {
      const stage = options.stage.toUpperCase() as AutoPromptStage;
      if (stage !== "CAPTION" && options.workflow === undefined)
        throw new UsageError("--workflow: say which workflow the prompts are for, or ask for --stage caption");
      const out = options.out === undefined ? null : resolve(options.out);
      const [files, captions, system] = await Promise.all([
        options.onServer ? [] : listPictures(resolve(folder)),
        options.captionsFile === undefined ? {} : readJsonObject(resolve(options.captionsFile), "--captions-file"),
        readSystemPrompt(options.systemPrompt),
      ]);
      await cli.withApi(async (api) => {
        const versionId = options.workflow && (await findWorkflow(api, options.workflow)).currentVersion?.id;
        const uploads = await uploadAll(api, files, options.project);
        const input: AutoPromptInput = {
          stage,
          ...(options.onServer ? { directory: folder } : { assetIds: [...uploads.values()] }),
          ...(versionId ? { workflowVersionId: versionId } : {}),
          ...(options.project === undefined ? {} : { projectId: globalId("Project", options.project) }),
          ...(system === undefined ? {} : { systemPromptOverride: system }),
          captions: byAsset(captions, uploads),
        };
        const { autoPrompt } = payloadOf((await api.execute(Start, { input })).autoPrompt);
        const written = await followAutoPrompt(cli, api, autoPrompt.id);
        const names = new Map([...uploads].map(([name, id]) => [id, name]));
        const nameOf = (item: WatchedAutoPrompt["items"][number]) => names.get(item.asset.id) ?? item.key;
        const result = stage === "CAPTION" ? captionsOf(written, nameOf) : await promptsOf(api, written, nameOf);
        if (out !== null) await writeFile(out, `${stringifyJson(result, 2)}\n`);
        if (out === null || cli.out.json) show(cli.out, result, () => describe(result));
        for (const item of written.items) {
          if (item.error) cli.out.note(`${nameOf(item)}: ${item.error.message} (${item.error.code})`);
        }
        for (const hint of new Set(written.items.flatMap(({ error }) => error?.hint ?? []))) cli.out.note(hint);
        if (written.status !== "SUCCEEDED") cli.fail();
      });
    });
}

/** Pictures of a folder of this machine, in natural order. @throws UsageError */
async function listPictures(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${folder} can't be read as a folder (${error.code ?? error.message})`);
  });
  const names = matchingFiles(entries, inputExtensions.IMAGE);
  if (names.length === 0) throw new UsageError(`There are no pictures in ${folder}`);
  return names.map((name) => join(folder, name));
}

/** @throws UsageError */
async function readSystemPrompt(text: string | undefined): Promise<string | undefined> {
  if (!text?.startsWith("@")) return text;
  const file = resolve(text.slice(1));
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--system-prompt: ${file} can't be read (${error.code ?? error.message})`);
  });
}

/** @returns asset ids by the names that the files have here: an upload may get another one */
async function uploadAll(api: Api, files: readonly string[], project?: string): Promise<Map<string, string>> {
  const uploads = new Map<string, string>();
  for (const file of files) uploads.set(basename(file), (await uploadFile(api, file, project)).id);
  return uploads;
}

/** Descriptions of files that were uploaded go with their ids; other names are the server's to judge. */
function byAsset(captions: JsonObject, uploads: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(Object.entries(captions).map(([name, text]) => [uploads.get(name) ?? name, text]));
}

type NameOf = (item: WatchedAutoPrompt["items"][number]) => string;

/** As --captions-file takes them. */
function captionsOf({ items }: WatchedAutoPrompt, nameOf: NameOf): JsonObject {
  return Object.fromEntries(items.flatMap((item) => (item.caption == null ? [] : [[nameOf(item), item.caption]])));
}

/** As `submit --per-file` takes them. */
async function promptsOf(api: Api, { id, items }: WatchedAutoPrompt, nameOf: NameOf): Promise<JsonObject> {
  const { perFileParams } = payloadOf((await api.execute(Apply, { input: { id } })).applyAutoPrompts);
  const params = perFileParams as JsonObject;
  return Object.fromEntries(
    items.flatMap((item): [string, JsonValue][] => {
      const own = Object.hasOwn(params, item.key) ? params[item.key] : undefined;
      return own === undefined ? [] : [[nameOf(item), own]];
    }),
  );
}

function describe(result: JsonObject): string[] {
  return Object.entries(result).flatMap(([name, value]) => [
    name,
    ...(typeof value === "string"
      ? [`  ${value}`]
      : Object.entries(value as Record<string, string>).map(([key, text]) => `  ${key}: ${text}`)),
  ]);
}
