import { type Command, Option } from "commander";
import { CommandError } from "#cli/api.ts";
import { count } from "#cli/arguments.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { CliLogsQuery } from "#cli/gql/graphql.ts";
import { globalId } from "#cli/ids.ts";
import { show } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Logs = graphql(`
  query CliLogs($id: ID!, $first: Int!, $lines: Int!) {
    job(id: $id) {
      runs(first: $first) {
        totalCount
        nodes {
          id
          index
          status
          logs(last: $lines) {
            nodes {
              at
              attempt
              level
              event
              message
            }
          }
        }
      }
    }
  }
`);

type Run = NonNullable<CliLogsQuery["job"]>["runs"]["nodes"][number];

interface LogsOptions {
  run?: number;
  lines: number;
}

export function addLogsCommand(program: Command, cli: Cli): void {
  program
    .command("logs")
    .description("Shows what happened to the runs of a job: machines, attempts, hand-overs, errors.")
    .argument("<job>", "its id")
    .option("--run <number>", "only this run, as `callsheet job` numbers them", count(1, 200))
    .addOption(new Option("--lines <count>", "the newest of each run").default(20).argParser(count(1, 200)))
    .action((id: string, { run, lines }: LogsOptions) =>
      cli.withApi(async (api) => {
        const { job } = await api.execute(Logs, { id: globalId("Job", id), first: run ?? 50, lines });
        if (!job) throw new CommandError(`There is no job ${id}`);
        const runs = run === undefined ? job.runs.nodes : job.runs.nodes.filter((each) => each.index === run - 1);
        if (run !== undefined && runs.length === 0)
          throw new CommandError(`The job has ${job.runs.totalCount} runs, none with the number ${run}`);
        show(cli.out, runs, () => runs.flatMap(describe));
      }),
    );
}

function describe(run: Run): string[] {
  return [
    `Run ${run.index + 1}: ${run.status}`,
    ...run.logs.nodes.map((line) => `  ${line.at} #${line.attempt} ${line.event}: ${line.message}`),
  ];
}
