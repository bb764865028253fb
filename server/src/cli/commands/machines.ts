import type { Command } from "commander";
import { type Api, CommandError } from "#cli/api.ts";
import { graphql } from "#cli/gql/gql.ts";
import type { CliMachineFragment } from "#cli/gql/graphql.ts";
import { globalId } from "#cli/ids.ts";
import { show, table } from "#cli/output.ts";
import type { Cli } from "#cli/program.ts";

graphql(`
  fragment CliMachine on Machine {
    id
    name
    url
    pools
    isEnabled
    isPaused
    isReachable
    isSuspended
    isSimulator
    concurrency
    activeRuns
    queueDepth
    gpuName
    lastError
  }
`);

const Machines = graphql(`
  query CliMachines {
    machines {
      ...CliMachine
    }
  }
`);

export function addMachineCommands(program: Command, cli: Cli): void {
  program
    .command("machines")
    .description("Lists the machines and how they are.")
    .action(() =>
      cli.withApi(async (api) => {
        const { machines } = await api.execute(Machines, {});
        show(cli.out, machines, () => machineRows(machines));
      }),
    );
}

export function machineRows(machines: readonly CliMachineFragment[]): string[] {
  return table(
    ["machine", "state", "in hand", "pools", "device", "address"],
    machines.map((machine) => [
      machine.isSimulator ? `${machine.name} (no GPU)` : machine.name,
      stateOf(machine),
      `${machine.activeRuns} of ${machine.concurrency}`,
      machine.pools.join(", "),
      machine.gpuName ?? "",
      machine.url,
    ]),
  );
}

function stateOf(machine: CliMachineFragment): string {
  if (!machine.isEnabled) return "disabled";
  if (!machine.isReachable) return "unreachable";
  if (machine.isSuspended) return "suspended";
  return machine.isPaused ? "paused" : "ready";
}

/** The global id of a machine by its name or id. @throws CommandError */
export async function findMachine(api: Api, text: string): Promise<string> {
  const { machines } = await api.execute(Machines, {});
  const id = globalId("Machine", text);
  const found = machines.find((machine) => machine.name === text || machine.id === id);
  if (!found) {
    const names = machines.map((machine) => machine.name).join(", ") || "none";
    throw new CommandError(`There is no machine "${text}"; there are: ${names}`);
  }
  return found.id;
}
