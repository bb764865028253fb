import { freemem, totalmem } from "node:os";
import type { JsonObject } from "#lib/json.ts";
import { json, type Route } from "../http.ts";
import type { Machine } from "../machine.ts";
import { nodeInfo } from "../object-info.ts";

/** What a machine tells about itself. */
export function infoRoutes(machine: Machine): Route[] {
  const info = (name: string): JsonObject => {
    const node = machine.definitions.get(name);
    return node === undefined ? {} : { [name]: nodeInfo(node, machine.models, machine.store) };
  };
  return [
    {
      method: "GET",
      path: "/object_info",
      handle: () => json(Object.assign({}, ...[...machine.definitions.keys()].map(info))),
    },
    { method: "GET", path: "/object_info/{name}", handle: ({ params }) => json(info(params["name"] ?? "")) },
    { method: "GET", path: "/models", handle: () => json([...machine.models.keys()]) },
    {
      method: "GET",
      path: "/models/{folder}",
      handle: ({ params }) => {
        const files = machine.models.get(params["folder"] ?? "");
        return files === undefined ? { status: 404 } : json(files);
      },
    },
    {
      method: "GET",
      path: "/embeddings",
      handle: () => json((machine.models.get("embeddings") ?? []).map((name) => name.replace(/\.\w+$/, ""))),
    },
    { method: "GET", path: "/features", handle: () => json(machine.features()) },
    { method: "GET", path: "/extensions", handle: () => json([]) },
    { method: "GET", path: "/users", handle: () => json({ storage: "server", migrated: false }) },
    { method: "GET", path: "/system_stats", handle: () => json(systemStats(machine)) },
  ];
}

const gigabyte = 1024 ** 3;

function systemStats(machine: Machine): JsonObject {
  const vram = 24 * gigabyte;
  const free = machine.queue.running === undefined ? 22 * gigabyte : 9 * gigabyte;
  return {
    system: {
      os: process.platform,
      ram_total: totalmem(),
      ram_free: freemem(),
      comfyui_version: machine.comfyVersion,
      required_frontend_version: "0.0.0",
      installed_templates_version: null,
      required_templates_version: "0.0.0",
      comfy_package_versions: [],
      python_version: "3.11 (simulator)",
      pytorch_version: "0 (simulator)",
      embedded_python: false,
      deploy_environment: machine.options.acceptAnyModel === false ? "simulator (strict)" : "simulator",
      argv: ["simulator"],
    },
    devices: [
      {
        name: machine.options.deviceName ?? "SIMULATOR (no GPU)",
        type: "simulator",
        index: 0,
        vram_total: vram,
        vram_free: free,
        torch_vram_total: vram,
        torch_vram_free: free,
      },
    ],
  };
}
