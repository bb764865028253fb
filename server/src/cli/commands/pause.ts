import type { Command } from "commander";
import { payloadOf, UsageError } from "#cli/api.ts";
import { count } from "#cli/arguments.ts";
import { findMachine } from "#cli/commands/machines.ts";
import { graphql } from "#cli/gql/gql.ts";
import { globalId, shortId } from "#cli/ids.ts";
import { show } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const PauseQueue = graphql(`
  mutation CliPauseQueue($input: PauseQueueInput!) {
    pauseQueue(input: $input) {
      ... on PauseQueuePayload {
        status {
          isPaused
          pending
          active
        }
      }
      ...CliFailure
    }
  }
`);
const ResumeQueue = graphql(`
  mutation CliResumeQueue($input: PauseQueueInput!) {
    resumeQueue(input: $input) {
      ... on PauseQueuePayload {
        status {
          isPaused
          pending
          active
        }
      }
      ...CliFailure
    }
  }
`);
const PauseJob = graphql(`
  mutation CliPauseJob($input: PauseJobInput!) {
    pauseJob(input: $input) {
      ... on PauseJobPayload {
        job {
          id
          status
          isPaused
        }
      }
      ...CliFailure
    }
  }
`);
const ResumeJob = graphql(`
  mutation CliResumeJob($input: PauseJobInput!) {
    resumeJob(input: $input) {
      ... on ResumeJobPayload {
        job {
          id
          status
          isPaused
        }
      }
      ...CliFailure
    }
  }
`);

interface Target {
  pool?: string;
  machine?: string;
}

const Clear = graphql(`
  mutation CliClear($input: ClearQueueInput!) {
    clearQueue(input: $input) {
      ... on ClearQueuePayload {
        canceledCount
        status {
          pending
          active
        }
      }
      ...CliFailure
    }
  }
`);

export function addPauseCommands(program: Command, cli: Cli): void {
  program
    .command("clear")
    .description("Cancels all runs that wait; those in hand finish.")
    .requiredOption(
      "--expect <count>",
      "how many wait, as `callsheet status` shows: a guard against surprises",
      count(0, 2 ** 31 - 1),
    )
    .option("--pool <name>", "only of one pool")
    .action(({ expect, pool }: { expect: number; pool?: string }) =>
      cli.withApi(async (api) => {
        const input = { expectedCount: expect, ...(pool === undefined ? {} : { pool }) };
        const cleared = payloadOf((await api.execute(Clear, { input })).clearQueue);
        show(cli.out, cleared, () => `${cleared.canceledCount} canceled; ${cleared.status.active} in hand`);
      }),
    );
  for (const [name, isPaused, description] of [
    ["pause", true, "Claims nothing new of a job, a pool, a machine, or the whole queue; what runs finishes."],
    ["resume", false, "Lets a job, a pool, a machine, or the whole queue go on."],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument("[job]", "the job; the whole queue unless something is named")
      .option("--pool <name>", "one pool")
      .option("--machine <name>", "one machine")
      .action((job: string | undefined, target: Target) => setPaused(cli, job, target, isPaused));
  }
}

async function setPaused(cli: Cli, job: string | undefined, { pool, machine }: Target, isPaused: boolean) {
  if ([job, pool, machine].filter((each) => each !== undefined).length > 1)
    throw new UsageError("Name one thing: a job, --pool or --machine");
  const what = isPaused ? "paused" : "resumed";
  await cli.withApi(async (api) => {
    if (job !== undefined) {
      const input = { id: globalId("Job", job) };
      const result = isPaused
        ? (await api.execute(PauseJob, { input })).pauseJob
        : (await api.execute(ResumeJob, { input })).resumeJob;
      const payload = payloadOf(result);
      show(cli.out, payload.job, () => `Job ${shortId(payload.job.id)} is ${what}: ${payload.job.status}`);
      return;
    }
    const input = {
      ...(pool === undefined ? {} : { pool }),
      ...(machine === undefined ? {} : { machineId: await findMachine(api, machine) }),
    };
    const result = isPaused
      ? (await api.execute(PauseQueue, { input })).pauseQueue
      : (await api.execute(ResumeQueue, { input })).resumeQueue;
    const { status } = payloadOf(result);
    const subject = machine ? `Machine ${machine}` : pool ? `Pool ${pool}` : "The queue";
    show(cli.out, status, () => `${subject} is ${what}; ${status.pending} pending, ${status.active} in hand`);
  });
}
