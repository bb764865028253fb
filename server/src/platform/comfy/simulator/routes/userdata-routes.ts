import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Answer, json, type Route } from "../http.ts";
import type { Machine } from "../machine.ts";

/** Files that people keep on a machine: their saved workflows. */
export function userdataRoutes(machine: Machine): Route[] {
  const root = dirname(machine.store.workflowsFolder);
  const inside = (path: string): string | undefined => {
    const full = resolve(root, path);
    return full.startsWith(root + sep) ? full : undefined;
  };
  return [
    {
      method: "GET",
      path: "/userdata",
      handle: async ({ url }) => {
        const folder = inside(url.searchParams.get("dir") ?? "");
        if (folder === undefined) return { status: 400, text: "Directory not provided" };
        return listFolder(folder, url.searchParams.get("full_info") === "true");
      },
    },
    {
      method: "GET",
      path: "/userdata/{file}",
      handle: async ({ params }) => {
        const path = inside(params["file"] ?? "");
        const bytes = path === undefined ? undefined : await readFile(path).catch(() => undefined);
        if (bytes === undefined) return { status: 404 };
        return { status: 200, bytes, headers: { "content-type": "application/json" } };
      },
    },
    {
      method: "POST",
      path: "/userdata/{file}",
      handle: async (call) => {
        const path = inside(call.params["file"] ?? "");
        if (path === undefined) return { status: 403 };
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, await call.body());
        return json(relative(root, path));
      },
    },
  ];
}

async function listFolder(folder: string, isFull: boolean): Promise<Answer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return { status: 404, text: "Directory not found" };
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (!isFull) return json(paths.map((path) => relative(folder, path)));
  const files = paths.map(async (path) => {
    const { size, mtimeMs } = await stat(path);
    return { path: relative(folder, path), size, modified: Math.trunc(mtimeMs), created: Math.trunc(mtimeMs) };
  });
  return json(await Promise.all(files));
}
