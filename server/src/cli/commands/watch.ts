import type { Options, SingleBar } from "cli-progress";
import type { Command } from "commander";
import type { Api } from "#cli/api.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { CliWatchSubscription } from "#cli/gql/graphql.ts";
import { globalId, shortId } from "#cli/ids.ts";
import { percent } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";
import { stringifyJson } from "#lib/json.ts";

const Watch = graphql(`
  subscription CliWatch($id: ID!) {
    jobUpdated(id: $id) {
      ...CliJob
      runs(first: 20, status: [CLAIMED, SUBMITTED, RUNNING, COLLECTING, CANCELING]) {
        nodes {
          id
          index
          status
          progress
          currentNode
          machine {
            name
          }
        }
      }
    }
  }
`);

type WatchedJob = CliWatchSubscription["jobUpdated"];

export function addWatchCommand(program: Command, cli: Cli): void {
  program
    .command("watch")
    .description("Follows jobs to their end, with a bar for each run in hand. Fails unless all succeed.")
    .argument("<jobs...>", "their ids")
    .action((ids: string[]) =>
      cli.withApi((api) =>
        watchJobs(
          cli,
          api,
          ids.map((id) => globalId("Job", id)),
        ),
      ),
    );
}

/** Follows jobs until all are over. With --json, each change is a line of its own. */
export async function watchJobs(cli: Cli, api: Api, ids: readonly string[]): Promise<void> {
  const view = cli.out.json ? jsonLines(cli) : cli.out.isTerminal ? await bars() : lines(cli);
  try {
    const last = await Promise.all(ids.map((id) => follow(cli, api, id, view)));
    if (last.some((job) => job?.status !== "SUCCEEDED")) cli.fail();
  } finally {
    view.close();
  }
}

interface View {
  show(job: WatchedJob): void;
  close(): void;
}

async function follow(cli: Cli, api: Api, id: string, view: View): Promise<WatchedJob | undefined> {
  let last: WatchedJob | undefined;
  const changes = api.subscribe(Watch, { id })[Symbol.asyncIterator]();
  const stopped = new Promise<undefined>((resolve) =>
    cli.stop.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
  for (;;) {
    const change = await Promise.race([changes.next(), stopped]);
    if (change === undefined) cli.stop.throwIfAborted();
    if (!change || change.done) return last;
    last = change.value.jobUpdated;
    view.show(last);
  }
}

function jsonLines(cli: Cli): View {
  return { show: (job) => cli.out.result(stringifyJson(job)), close: () => undefined };
}

/** For logs: a line whenever the state or the number of ended runs has changed. */
function lines(cli: Cli): View {
  const before = new Map<string, string>();
  return {
    show: (job) => {
      const line = `${shortId(job.id)} ${job.status} ${endedOf(job)}/${job.counts.total} ${job.name}`;
      if (before.get(job.id) !== line) cli.out.result(line);
      before.set(job.id, line);
    },
    close: () => undefined,
  };
}

/** How bars look, of everything that is watched. */
export const barFormat: Options = {
  format: "{bar} {share} {what}",
  hideCursor: true,
  clearOnComplete: false,
  barsize: 24,
  barCompleteChar: "█",
  barIncompleteChar: "░",
};

async function bars(): Promise<View> {
  const { MultiBar } = (await import("cli-progress")).default;
  const all = new MultiBar(barFormat);
  const known = new Map<string, SingleBar>();
  const draw = (id: string, progress: number, what: string): void => {
    const payload = { share: percent(progress).padStart(5), what };
    const bar = known.get(id) ?? all.create(1, 0, payload);
    known.set(id, bar);
    bar.update(progress, payload);
  };
  const ofJob = new Map<string, string[]>();
  return {
    show: (job) => {
      draw(job.id, job.progress, `${job.name}: ${job.status}, ${endedOf(job)}/${job.counts.total} runs`);
      const active = job.runs.nodes.map((run) => run.id);
      for (const id of ofJob.get(job.id) ?? []) {
        const bar = known.get(id);
        if (active.includes(id) || !bar) continue;
        all.remove(bar);
        known.delete(id);
      }
      ofJob.set(job.id, active);
      for (const run of job.runs.nodes) {
        const where = [run.machine?.name, run.currentNode ? `node ${run.currentNode}` : null]
          .filter(Boolean)
          .join(", ");
        draw(run.id, run.progress, `  run ${run.index + 1} ${run.status}${where ? ` (${where})` : ""}`);
      }
    },
    close: () => all.stop(),
  };
}

function endedOf({ counts }: WatchedJob): number {
  return counts.succeeded + counts.failed + counts.canceled;
}
