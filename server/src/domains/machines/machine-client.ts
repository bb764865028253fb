import { ComfyClient } from "#platform/comfy/client.ts";
import type { Machine } from "#platform/db/generated/client.ts";

export function clientFor(machine: Pick<Machine, "url" | "apiKey">, requestTimeoutMs = 30_000): ComfyClient {
  return new ComfyClient({
    baseUrl: machine.url,
    ...(machine.apiKey ? { apiKey: machine.apiKey } : {}),
    requestTimeoutMs,
  });
}
