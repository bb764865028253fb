import { clientFor } from "#domains/machines/machine-client.ts";
import { UnavailableError } from "#lib/domain-error.ts";
import { ComfyError } from "#platform/comfy/errors.ts";
import type { Machine } from "#platform/db/generated/client.ts";

export interface SavedWorkflow {
  /** Path below the machine's workflows folder. */
  name: string;
  bytes: number | null;
  modifiedAt: Date | null;
}

const listTimeoutMs = 10_000;

/** Workflow files that people saved on a machine, by name. @throws UnavailableError */
export async function listSavedWorkflows(machine: Machine): Promise<SavedWorkflow[]> {
  const client = clientFor(machine, listTimeoutMs);
  try {
    const files = await client.userWorkflows();
    return files
      .filter(({ name }) => name.toLowerCase().endsWith(".json") && !/(^|\/)\./.test(name))
      .map(({ name, bytes, modifiedAt }) => ({ name, bytes: bytes ?? null, modifiedAt: dateOf(modifiedAt) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (!(error instanceof ComfyError)) throw error;
    throw new UnavailableError(
      `${machine.name} does not answer: ${error.message}`,
      "Is the machine running, and its port open to this server?",
      "MACHINE_UNREACHABLE",
    );
  } finally {
    await client.close();
  }
}

/** Machines tell milliseconds; older ones seconds. */
function dateOf(time: number | undefined): Date | null {
  if (time === undefined) return null;
  return new Date(time < 100_000_000_000 ? time * 1000 : time);
}
