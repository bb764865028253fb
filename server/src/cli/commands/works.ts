import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { type Api, CommandError, payloadOf, UsageError } from "#cli/api.ts";
import { readJsonObject } from "#cli/arguments.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { ImportTranslationsInput } from "#cli/gql/graphql.ts";
import { globalId, isShortId, shortId } from "#cli/ids.ts";
import { show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Works = graphql(`
  query CliWorks($search: String) {
    works(search: $search, first: 200) {
      totalCount
      nodes {
        id
        title
        language
        targetLanguage
        chapters(first: 0) {
          totalCount
        }
        prompt {
          latestVersion {
            number
          }
        }
      }
    }
  }
`);

const SeedPrompts = graphql(`
  mutation CliSeedDefaultPrompts($input: SeedDefaultPromptsInput!) {
    seedDefaultPrompts(input: $input) {
      ... on SeedDefaultPromptsPayload {
        seeded
        unchanged
      }
      ...CliFailure
    }
  }
`);

const ImportChapters = graphql(`
  mutation CliImportChapters($input: ImportChaptersInput!) {
    importChapters(input: $input) {
      ... on ImportChaptersPayload {
        imported
      }
      ...CliFailure
    }
  }
`);

const ImportTranslations = graphql(`
  mutation CliImportTranslations($input: ImportTranslationsInput!) {
    importTranslations(input: $input) {
      ... on ImportTranslationsPayload {
        imported
        skipped
      }
      ...CliFailure
    }
  }
`);

export function addWorkCommands(program: Command, cli: Cli): void {
  const works = program.command("works").description("Lists works, and brings in chapters, prompts and translations.");
  works
    .command("list", { isDefault: true })
    .description("Lists works.")
    .option("--search <text>", "part of the title, the author or the description")
    .action(({ search }: { search?: string }) =>
      cli.withApi(async (api) => {
        const { works: page } = await api.execute(Works, { search: search ?? null });
        show(cli.out, page, () =>
          table(
            ["id", "chapters", "prompt", "languages", "title"],
            page.nodes.map((work) => [
              shortId(work.id),
              String(work.chapters.totalCount),
              work.prompt ? `version ${work.prompt.latestVersion.number}` : "none",
              `${work.language} → ${work.targetLanguage}`,
              work.title,
            ]),
          ),
        );
      }),
    );
  works
    .command("seed-prompts")
    .description("Gives every work without a prompt the usual one. Running it again changes nothing.")
    .argument("[work]", "only this one: its title or id")
    .action((text: string | undefined) =>
      cli.withApi(async (api) => {
        const input = text === undefined ? {} : { workId: await findWork(api, text) };
        const result = payloadOf((await api.execute(SeedPrompts, { input })).seedDefaultPrompts);
        const { seeded, unchanged } = result;
        show(cli.out, result, () => `${seeded} given the usual prompt, ${unchanged} had one`);
      }),
    );
  works
    .command("import-chapters")
    .description("Cuts a text file at its headings (Chapter 12: The pier, 第3話, # The pier) and adds the chapters.")
    .argument("<work>", "its title or id")
    .argument("<file>", "the text, in UTF-8")
    .action(async (work: string, file: string) => {
      const text = await readFile(resolve(file), "utf8").catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`${file} can't be read (${error.code ?? error.message})`);
      });
      await cli.withApi(async (api) => {
        const input = { workId: await findWork(api, work), text };
        const result = payloadOf((await api.execute(ImportChapters, { input })).importChapters);
        show(cli.out, result, () => `${result.imported} chapters added`);
      });
    });
  works
    .command("import-translations")
    .description("Adds translations that were made elsewhere; what is there already is skipped.")
    .argument("<work>", "its title or id")
    .argument("<file>", "JSON: the input of importTranslations without its workId")
    .action(async (work: string, file: string) => {
      const given = await readJsonObject(resolve(file), file);
      await cli.withApi(async (api) => {
        const input = { ...given, workId: await findWork(api, work) } as unknown as ImportTranslationsInput;
        const result = payloadOf((await api.execute(ImportTranslations, { input })).importTranslations);
        show(cli.out, result, () => `${result.imported} translations added, ${result.skipped} were there`);
      });
    });
}

/** The global id of a work by its title or id. @throws CommandError */
async function findWork(api: Api, text: string): Promise<string> {
  if (isShortId(text) || Buffer.from(text, "base64").toString("utf8").startsWith("Work:"))
    return globalId("Work", text);
  const { works } = await api.execute(Works, { search: text });
  const found = works.nodes.filter(({ title }) => title === text);
  const [work] = found;
  if (!work) throw new CommandError(`There is no work "${text}"; \`callsheet works\` lists them`);
  if (found.length > 1) throw new CommandError(`There are ${found.length} works "${text}"; name one by its id`);
  return work.id;
}
