import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { type Answer, type Call, json, nothing, type Route, serverTrouble } from "../http.ts";
import { jobAnswer, type JobSource, jobStatus } from "../job-answer.ts";
import type { Machine } from "../machine.ts";
import { type HistoryEntry, itemAnswer } from "../prompt-queue.ts";
import { jsonBody } from "./prompt-routes.ts";

/** The history; on every version. */
export function historyRoutes(machine: Machine): Route[] {
  return [
    { method: "GET", path: "/history", handle: (call) => listHistory(machine, call) },
    {
      method: "GET",
      path: "/history/{id}",
      handle: ({ params }) => {
        const entry = machine.queue.history.get(params["id"] ?? "");
        return json(entry === undefined ? {} : { [entry.item.promptId]: historyAnswer(entry) });
      },
    },
    {
      method: "POST",
      path: "/history",
      handle: async (call) => {
        const body = await jsonBody(call);
        if (!isJsonObject(body)) return serverTrouble;
        if (body["clear"] === true) machine.queue.forgetAll();
        for (const id of Array.isArray(body["delete"]) ? body["delete"] : []) machine.queue.forget(String(id));
        return nothing;
      },
    },
  ];
}

/** Jobs, which exist only below /api, and not on old versions. */
export function jobRoutes(machine: Machine): Route[] {
  if (machine.version === "0.3") return [];
  const reading: Route[] = [
    { method: "GET", path: "/jobs", handle: (call) => listJobs(machine, call) },
    {
      method: "GET",
      path: "/jobs/{id}",
      handle: ({ params }) => {
        const source = findJob(machine, params["id"] ?? "");
        if (source === undefined) return json({ error: "Job not found" }, 404);
        return json(jobAnswer(source, machine.version, true));
      },
    },
  ];
  const cancel: Route = {
    method: "POST",
    path: "/jobs/{id}/cancel",
    handle: ({ params }) => json({ cancelled: cancelJob(machine, params["id"] ?? "") }),
  };
  const cancelMany: Route = { method: "POST", path: "/jobs/cancel", handle: (call) => cancelJobs(machine, call) };
  // An older machine knows the path only for reading, hence 405.
  const old: Route = { ...cancel, method: "GET", handle: () => serverTrouble };
  return machine.version === "0.33" ? [...reading, cancel, cancelMany] : [...reading, old];
}

function findJob(machine: Machine, id: string): JobSource | undefined {
  const { running, pending, history } = machine.queue;
  if (running?.promptId === id) return { state: "in_progress", item: running };
  const waiting = pending.find((item) => item.promptId === id);
  if (waiting !== undefined) return { state: "pending", item: waiting };
  const entry = history.get(id);
  return entry === undefined ? undefined : { state: "ended", item: entry.item, entry };
}

function allJobs(machine: Machine): JobSource[] {
  const { running, pending, history } = machine.queue;
  return [
    ...pending.map((item) => ({ state: "pending", item }) as const),
    ...(running === undefined ? [] : [{ state: "in_progress", item: running } as const]),
    ...[...history.values()].map((entry) => ({ state: "ended", item: entry.item, entry }) as const),
  ];
}

function cancelJob(machine: Machine, id: string): boolean {
  return machine.interrupt(id) || machine.cancelPending(id);
}

async function cancelJobs(machine: Machine, call: Call): Promise<Answer> {
  const body = await jsonBody(call);
  if (body === undefined) return json({ error: "Request body must be valid JSON" }, 400);
  const ids: JsonValue | undefined = isJsonObject(body) ? body["job_ids"] : undefined;
  if (!Array.isArray(ids)) return json({ error: "job_ids must be a list" }, 400);
  const invalid = ids.map(String).filter((id) => !/^[0-9a-f-]{36}$/.test(id));
  if (invalid.length > 0) return json({ error: "job_ids contains invalid id(s)", invalid_ids: invalid }, 400);
  const results = ids.map((id) => cancelJob(machine, String(id)));
  return json({ cancelled: results.includes(true) });
}

const statuses = ["pending", "in_progress", "completed", "failed", "cancelled"];

function listJobs(machine: Machine, { url }: Call): Answer {
  const query = url.searchParams;
  const wanted = (query.get("status") ?? "").split(",").filter((status) => status !== "");
  const wrong = wanted.filter((status) => !statuses.includes(status));
  if (wrong.length > 0) {
    const error = `Invalid status value(s): ${wrong.join(", ")}. Valid values: ${statuses.join(", ")}`;
    return json({ error }, 400);
  }
  const sortBy = query.get("sort_by") ?? "created_at";
  if (sortBy !== "created_at" && sortBy !== "execution_duration") {
    return json({ error: "sort_by must be 'created_at' or 'execution_duration'" }, 400);
  }
  const limit = query.get("limit");
  if (limit !== null && !/^-?\d+$/.test(limit)) return json({ error: "limit must be an integer" }, 400);
  if (limit !== null && Number(limit) <= 0) return json({ error: "limit must be a positive integer" }, 400);
  const offset = Number(query.get("offset") ?? 0);
  const workflow = query.get("workflow_id");
  const jobs = allJobs(machine)
    .filter((job) => wanted.length === 0 || wanted.includes(jobStatus(job, machine.version)))
    .map((job) => jobAnswer(job, machine.version, false))
    .filter((job) => workflow === null || job["workflow_id"] === workflow)
    .toSorted((a, b) => sortKey(b, sortBy) - sortKey(a, sortBy));
  if (query.get("sort_order") === "asc") jobs.reverse();
  const page = jobs.slice(offset, limit === null ? undefined : offset + Number(limit));
  const has_more = offset + page.length < jobs.length;
  const pagination = { offset, limit: limit === null ? null : Number(limit), total: jobs.length, has_more };
  return json({ jobs: page, pagination });
}

function sortKey(job: JsonObject, sortBy: string): number {
  if (sortBy === "created_at") return Number(job["create_time"]);
  return Number(job["execution_end_time"] ?? 0) - Number(job["execution_start_time"] ?? 0);
}

function listHistory(machine: Machine, { url }: Call): Answer {
  const numbers = ["max_items", "offset"].map((name) => url.searchParams.get(name));
  if (numbers.some((value) => value !== null && !/^-?\d+$/.test(value))) return serverTrouble;
  const [count, from] = numbers;
  const entries = [...machine.queue.history.values()];
  const max = count === null || count === undefined ? entries.length : Number(count);
  // A number of items alone means the newest ones.
  const start = from === null || from === undefined ? Math.max(0, entries.length - max) : Number(from);
  const page = entries.slice(start, start + max);
  return json(Object.fromEntries(page.map((entry) => [entry.item.promptId, historyAnswer(entry)])));
}

function historyAnswer(entry: HistoryEntry): JsonObject {
  return { prompt: itemAnswer(entry.item), outputs: entry.outputs, status: entry.status, meta: entry.meta };
}
