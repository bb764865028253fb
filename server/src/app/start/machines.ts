import { join } from "node:path";
import type { Config } from "#app/config.ts";
import type { Deps } from "#app/deps.ts";
import {
  type ConfiguredMachine,
  registerConfiguredMachines,
  retireSimulators,
} from "#domains/machines/configured-machines.ts";
import { refreshMachine } from "#domains/machines/machines.service.ts";
import type { CloseStack } from "#lib/close-stack.ts";
import { startSimulator } from "#platform/comfy/simulator/simulator.ts";

/** The most simulators that the configuration allows: earlier starts may have registered this many. */
const mostSimulators = 16;

/** Ports on which simulators will listen; none when real machines are configured. */
export function simulatorPorts({ comfyUrls, simulator }: Config): number[] {
  if (comfyUrls.length > 0) return [];
  return Array.from({ length: simulator.count }, (_, index) => simulator.basePort + index);
}

export async function startSimulators(config: Config, closing: CloseStack): Promise<ConfiguredMachine[]> {
  const ports = simulatorPorts(config);
  return Promise.all(
    ports.map(async (port, index) => {
      const dataDir = join(config.stateDir, "simulator", String(index + 1));
      const simulator = closing.use(await startSimulator({ port, dataDir, stepMs: config.simulator.stepMs }));
      return {
        url: simulator.url,
        name: ports.length === 1 ? "Simulator" : `Simulator ${index + 1}`,
        isSimulator: true,
      };
    }),
  );
}

/** Registers the machines of the configuration, or the simulators that stand in for them. */
export async function registerMachines(deps: Deps, simulators: ConfiguredMachine[]): Promise<void> {
  const { comfyUrls, comfyApiKey, simulator } = deps.config;
  const given = comfyUrls.map((url) => ({ url, name: new URL(url).host, apiKey: comfyApiKey }));
  const registered = await registerConfiguredMachines(deps, [...given, ...simulators]);
  // Simulators answer at once: with their node definitions, workflows import with full parameters from the beginning.
  for (const machine of registered.filter((each) => each.isSimulator)) await refreshMachine(deps, machine.id);
  const running = new Set(simulators.map((machine) => machine.url));
  const possible = Array.from(
    { length: mostSimulators },
    (_, index) => `http://127.0.0.1:${simulator.basePort + index}`,
  );
  await retireSimulators(
    deps,
    possible.filter((url) => !running.has(url)),
  );
}
