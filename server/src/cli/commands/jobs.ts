import { type Command, InvalidArgumentError, Option } from "commander";
import { payloadOf, CommandError } from "#cli/api.ts";
import { count, texts } from "#cli/arguments.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { CliJobQuery, JobStatus } from "#cli/gql/graphql.ts";
import { globalId, shortId } from "#cli/ids.ts";
import { percent, show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

graphql(`
  fragment CliFailure on Error {
    message
    code
    path
    ... on ValidationError {
      issues {
        path
        message
      }
    }
    ... on UnavailableError {
      hint
    }
  }
`);

graphql(`
  fragment CliJob on Job {
    id
    name
    status
    priority
    pool
    isPaused
    progress
    createdAt
    startedAt
    finishedAt
    counts {
      total
      pending
      active
      canceling
      succeeded
      failed
      canceled
    }
  }
`);

const Jobs = graphql(`
  query CliJobs($first: Int!, $status: [JobStatus!], $search: String, $sort: JobSort!) {
    jobs(first: $first, status: $status, search: $search, sort: $sort) {
      totalCount
      nodes {
        ...CliJob
      }
    }
  }
`);

const Job = graphql(`
  query CliJob($id: ID!, $first: Int!) {
    job(id: $id) {
      ...CliJob
      runs(first: $first) {
        totalCount
        nodes {
          id
          index
          status
          attempt
          progress
          seed
          machine {
            name
          }
          error {
            code
            message
            nodeId
          }
          outputs {
            filename
            url
          }
        }
      }
    }
  }
`);

const Cancel = graphql(`
  mutation CliCancel($input: CancelJobInput!) {
    cancelJob(input: $input) {
      ... on CancelJobPayload {
        canceledCount
        cancelingCount
        alreadyEndedCount
        job {
          id
          status
        }
      }
      ...CliFailure
    }
  }
`);

const Retry = graphql(`
  mutation CliRetry($input: RetryJobInput!) {
    retryJob(input: $input) {
      ... on RetryJobPayload {
        retriedCount
        job {
          id
          status
        }
      }
      ...CliFailure
    }
  }
`);

const statuses: JobStatus[] = ["PENDING", "RUNNING", "PAUSED", "SUCCEEDED", "PARTIAL", "FAILED", "CANCELED"];

function statusOf(text: string, earlier: JobStatus[] | undefined): JobStatus[] {
  const status = statuses.find((each) => each === text.toUpperCase());
  if (!status) throw new InvalidArgumentError(`It is one of ${statuses.join(", ").toLowerCase()}.`);
  return [...(earlier ?? []), status];
}

interface ListOptions {
  status?: JobStatus[];
  search?: string;
  first: number;
  actionable?: boolean;
}

export function addJobCommands(program: Command, cli: Cli): void {
  program
    .command("jobs")
    .description("Lists jobs, newest first.")
    .option("--status <status>", "only in this state; may be repeated", statusOf)
    .option("--search <text>", "part of the name")
    .addOption(new Option("--first <count>", "how many").default(20).argParser(count(1, 200)))
    .option("--actionable", "those first that need a person")
    .action(({ status, search, first, actionable }: ListOptions) =>
      cli.withApi(async (api) => {
        const sort = actionable ? "ACTIONABLE" : "NEWEST";
        const { jobs } = await api.execute(Jobs, { first, sort, status: status ?? null, search: search ?? null });
        show(cli.out, jobs, () => [
          ...table(
            ["id", "status", "done", "runs", "priority", "name"],
            jobs.nodes.map((job) => [
              shortId(job.id),
              job.status,
              percent(job.progress),
              `${job.counts.succeeded + job.counts.failed + job.counts.canceled}/${job.counts.total}`,
              String(job.priority),
              job.name,
            ]),
          ),
          ...(jobs.totalCount > jobs.nodes.length ? [`${jobs.totalCount - jobs.nodes.length} more`] : []),
        ]);
      }),
    );

  program
    .command("job")
    .description("Shows a job with its runs.")
    .argument("<job>", "its id, as `callsheet jobs` lists it")
    .addOption(new Option("--first <count>", "how many runs").default(50).argParser(count(1, 200)))
    .action((id: string, { first }: { first: number }) =>
      cli.withApi(async (api) => {
        const { job } = await api.execute(Job, { id: globalId("Job", id), first });
        if (!job) throw new CommandError(`There is no job ${id}`);
        show(cli.out, job, () => describe(job));
      }),
    );

  program
    .command("cancel")
    .description("Cancels what is not over of jobs. A result that lands first is kept; repeats are harmless.")
    .argument("<jobs...>", "their ids")
    .option("--after-current", "lets runs that are in hand finish")
    .action((ids: string[], { afterCurrent }: { afterCurrent?: boolean }) =>
      cli.withApi(async (api) => {
        for (const id of ids) {
          const input = { id: globalId("Job", id), mode: afterCurrent ? "AFTER_CURRENT" : "NOW" } as const;
          const canceled = payloadOf((await api.execute(Cancel, { input })).cancelJob);
          show(
            cli.out,
            canceled,
            () =>
              `Job ${shortId(canceled.job.id)}: ${canceled.canceledCount} canceled, ${canceled.cancelingCount} being stopped, ${canceled.alreadyEndedCount} were over`,
          );
        }
      }),
    );

  program
    .command("retry")
    .description("Puts failed and canceled runs of jobs back into the queue.")
    .argument("<jobs...>", "their ids")
    .option("--run <id>", "only this run of one job; may be repeated", texts)
    .option("--new-seeds", "draws new seeds")
    .action((ids: string[], { run, newSeeds }: { run?: string[]; newSeeds?: boolean }) =>
      cli.withApi(async (api) => {
        for (const id of ids) {
          const input = {
            id: globalId("Job", id),
            newSeeds: newSeeds ?? false,
            ...(run ? { runIds: run.map((each) => globalId("Run", each)) } : {}),
          };
          const retried = payloadOf((await api.execute(Retry, { input })).retryJob);
          show(cli.out, retried, () => `Job ${shortId(retried.job.id)}: ${retried.retriedCount} go again`);
        }
      }),
    );
}

function describe(job: NonNullable<CliJobQuery["job"]>): string[] {
  const { counts } = job;
  const hidden = job.runs.totalCount - job.runs.nodes.length;
  return [
    job.name,
    `${job.status}, ${percent(job.progress)}; pool ${job.pool}, priority ${job.priority}${job.isPaused ? ", paused" : ""}`,
    `${counts.total} runs: ${counts.succeeded} succeeded, ${counts.failed} failed, ${counts.canceled} canceled, ${counts.active + counts.canceling} in hand, ${counts.pending} pending`,
    "",
    ...table(
      ["run", "status", "attempt", "machine", "seed", "outputs or error"],
      job.runs.nodes.map((run) => [
        String(run.index + 1),
        run.status,
        String(run.attempt),
        run.machine?.name ?? "",
        String(run.seed ?? ""),
        run.error && run.status !== "SUCCEEDED"
          ? `${run.error.code}${run.error.nodeId ? ` at node ${run.error.nodeId}` : ""}: ${run.error.message}`
          : run.outputs.map((output) => output.filename).join(", "),
      ]),
    ),
    ...(hidden > 0 ? [`${hidden} more runs`] : []),
  ];
}
