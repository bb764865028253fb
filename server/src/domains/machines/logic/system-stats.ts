import { isJsonObject, type JsonValue } from "#lib/json.ts";

/** Parts of a machine's row that /system_stats tells. */
export interface MachineStats {
  version: string | null;
  gpuName: string | null;
  vramTotalBytes: bigint | null;
  vramFreeBytes: bigint | null;
  isSimulator: boolean;
}

/** Reads an answer of GET /system_stats; what is missing or odd is null. */
export function readSystemStats(stats: JsonValue): MachineStats {
  const top = isJsonObject(stats) ? stats : {};
  const system = isJsonObject(top["system"]) ? top["system"] : {};
  const devices = Array.isArray(top["devices"]) ? top["devices"] : [];
  const device = isJsonObject(devices[0]) ? devices[0] : {};
  const text = (value: JsonValue | undefined): string | null =>
    typeof value === "string" && value !== "" ? value : null;
  const bytes = (value: JsonValue | undefined): bigint | null =>
    typeof value === "number" && Number.isFinite(value) && value >= 0 ? BigInt(Math.trunc(value)) : null;
  return {
    version: text(system["comfyui_version"]),
    gpuName: text(device["name"]),
    vramTotalBytes: bytes(device["vram_total"]),
    vramFreeBytes: bytes(device["vram_free"]),
    // Real servers say local-git, portable or the like.
    isSimulator: system["deploy_environment"] === "simulator",
  };
}
