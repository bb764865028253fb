import type { Command } from "commander";
import { graphql } from "#cli/gql/gql.ts";
import type { CliStatusQuery } from "#cli/gql/graphql.ts";
import { machineRows } from "#cli/commands/machines.ts";
import { show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

const Status = graphql(`
  query CliStatus {
    systemStatus {
      version
      queueBackend
      isPaused
      pending
      active
      storage {
        kind
        isReachable
        files
        bytes
      }
      pools {
        name
        isPaused
        pending
        active
      }
      workers {
        id
        host
        isAlive
        lastHeartbeatAt
        activeRuns
      }
      machines {
        ...CliMachine
      }
    }
  }
`);

export function addStatusCommand(program: Command, cli: Cli): void {
  program
    .command("status")
    .description("Tells how the whole system is: queue, pools, workers, machines.")
    .action(() =>
      cli.withApi(async (api) => {
        const { systemStatus } = await api.execute(Status, {});
        show(cli.out, systemStatus, () => describe(systemStatus));
      }),
    );
}

function describe(status: CliStatusQuery["systemStatus"]): string[] {
  const { version, queueBackend, pending, active, isPaused, storage, pools, workers, machines } = status;
  const idle = pending > 0 && !workers.some((worker) => worker.isAlive);
  return [
    `Callsheet ${version}, queue on ${queueBackend}${isPaused ? ", PAUSED" : ""}: ${pending} pending, ${active} in hand`,
    `${storage.files} files on ${storage.kind}, ${(storage.bytes / 1024 ** 2).toFixed(1)} MiB`,
    ...(storage.isReachable ? [] : ["The storage of files does not answer; runs wait for it."]),
    ...(idle ? ["Runs are pending and no worker lives: start one with `callsheet up`."] : []),
    "",
    ...table(
      ["pool", "pending", "in hand", "state"],
      pools.map((pool) => [pool.name, String(pool.pending), String(pool.active), pool.isPaused ? "paused" : "open"]),
    ),
    "",
    ...table(
      ["worker", "in hand", "last heard of", "state"],
      workers.map((worker) => [
        worker.host,
        String(worker.activeRuns),
        worker.lastHeartbeatAt,
        worker.isAlive ? "alive" : "gone",
      ]),
    ),
    "",
    ...machineRows(machines),
  ];
}
