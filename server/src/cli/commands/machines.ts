import type { Command } from "commander";
import { type Api, CommandError, payloadOf } from "#cli/api.ts";
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
    labels
    isEnabled
    isPaused
    isDraining
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

const Drain = graphql(`
  mutation CliDrain($input: DrainMachineInput!) {
    drainMachine(input: $input) {
      ... on DrainMachinePayload {
        machine {
          ...CliMachine
        }
      }
      ...CliFailure
    }
  }
`);

const Update = graphql(`
  mutation CliUpdateMachine($input: UpdateMachineInput!) {
    updateMachine(input: $input) {
      ... on UpdateMachinePayload {
        machine {
          ...CliMachine
        }
      }
      ...CliFailure
    }
  }
`);

export function addMachineCommands(program: Command, cli: Cli): void {
  const group = program.command("machines").description("Lists machines, and takes them in and out of use.");
  for (const [name, description] of [
    ["drain", "Gives a machine nothing more, and disables it when what it has in hand is over."],
    ["enable", "Gives a machine runs again; also ends a suspension or a drain."],
    ["disable", "Gives a machine nothing more; what it has in hand finishes."],
  ] as const) {
    group
      .command(name)
      .description(description)
      .argument("<machine>", "its name or id")
      .action((text: string) => setUse(cli, text, name));
  }
  group
    .command("label")
    .description("Sets the labels that a machine has; none takes them away.")
    .argument("<machine>", "its name or id")
    .argument("[labels...]", "all its labels from now on, as gpu-24gb")
    .action((text: string, labels: string[]) => setLabels(cli, text, labels));
  group
    .command("list", { isDefault: true })
    .description("Lists the machines and how they are.")
    .action(() =>
      cli.withApi(async (api) => {
        const { machines } = await api.execute(Machines, {});
        show(cli.out, machines, () => machineRows(machines));
      }),
    );
}

async function setUse(cli: Cli, text: string, how: "drain" | "enable" | "disable"): Promise<void> {
  await cli.withApi(async (api) => {
    const id = await findMachine(api, text);
    const result =
      how === "drain"
        ? (await api.execute(Drain, { input: { id } })).drainMachine
        : (await api.execute(Update, { input: { id, isEnabled: how === "enable" } })).updateMachine;
    const { machine } = payloadOf(result);
    show(cli.out, machine, () => `${machine.name} is ${stateOf(machine)}; ${machine.activeRuns} in hand`);
  });
}

async function setLabels(cli: Cli, text: string, labels: string[]): Promise<void> {
  await cli.withApi(async (api) => {
    const input = { id: await findMachine(api, text), labels };
    const { machine } = payloadOf((await api.execute(Update, { input })).updateMachine);
    show(cli.out, machine, () => `${machine.name} has ${machine.labels.join(", ") || "no labels"}`);
  });
}

export function machineRows(machines: readonly CliMachineFragment[]): string[] {
  return table(
    ["machine", "state", "in hand", "pools", "labels", "device", "address"],
    machines.map((machine) => [
      machine.isSimulator ? `${machine.name} (no GPU)` : machine.name,
      stateOf(machine),
      `${machine.activeRuns} of ${machine.concurrency}`,
      machine.pools.join(", "),
      machine.labels.join(", "),
      machine.gpuName ?? "",
      machine.url,
    ]),
  );
}

function stateOf(machine: CliMachineFragment): string {
  if (!machine.isEnabled) return "disabled";
  if (!machine.isReachable) return "unreachable";
  if (machine.isSuspended) return "suspended";
  if (machine.isDraining) return "draining";
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
