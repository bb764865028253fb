import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import type { SimulatorVersion } from "./options.ts";
import type { HistoryEntry, QueueItem } from "./prompt-queue.ts";

export type JobSource =
  | { state: "pending" | "in_progress"; item: QueueItem }
  | { state: "ended"; item: QueueItem; entry: HistoryEntry };

const previewable = new Set(["images", "video", "audio", "3d"]);

/** The state as `/api/jobs` names it; before 0.8.2 an interrupted job counts as failed. */
export function jobStatus(job: JobSource, version: SimulatorVersion): string {
  if (job.state !== "ended") return job.state;
  const { completed, messages } = job.entry.status;
  if (completed) return "completed";
  return messages.at(-1)?.[0] === "execution_interrupted" && version === "0.33" ? "cancelled" : "failed";
}

/** A job as `/api/jobs` tells it. @param whole with outputs and workflow, as for a single job */
export function jobAnswer(job: JobSource, version: SimulatorVersion, whole: boolean): JsonObject {
  const { item } = job;
  const workflow = isJsonObject(item.extraData["extra_pnginfo"]) ? item.extraData["extra_pnginfo"]["workflow"] : undefined;
  const workflowId = isJsonObject(workflow) ? workflow["id"] : undefined;
  const entry = job.state === "ended" ? job.entry : undefined;
  const files = entry === undefined ? [] : listFiles(entry.outputs);
  const shown = files.find((file) => file["type"] === "output") ?? files[0];
  return {
    id: item.promptId,
    status: jobStatus(job, version),
    priority: item.number,
    create_time: item.extraData["create_time"] ?? null,
    ...(entry === undefined ? {} : timesAndError(entry)),
    outputs_count: files.length,
    ...(version === "0.33" ? { previewable_outputs_count: files.length } : {}),
    ...(shown === undefined ? {} : { preview_output: shown }),
    ...(workflowId === undefined ? {} : { workflow_id: workflowId }),
    ...(entry === undefined || !whole
      ? {}
      : {
          outputs: entry.outputs,
          execution_status: entry.status,
          workflow: { prompt: item.graph, extra_data: item.extraData },
        }),
  };
}

function timesAndError({ status }: HistoryEntry): JsonObject {
  const last = status.messages.at(-1);
  const first = status.messages[0];
  return {
    execution_start_time: first?.[1]["timestamp"] ?? null,
    execution_end_time: last?.[1]["timestamp"] ?? null,
    ...(last?.[0] === "execution_error" ? { execution_error: last[1] } : {}),
  };
}

function listFiles(outputs: JsonObject): JsonObject[] {
  return Object.entries(outputs).flatMap(([nodeId, byKey]) =>
    Object.entries(isJsonObject(byKey) ? byKey : {}).flatMap(([mediaType, entries]) =>
      previewable.has(mediaType) && Array.isArray(entries)
        ? entries.filter((entry: JsonValue) => isJsonObject(entry)).map((entry) => ({ ...entry, nodeId, mediaType }))
        : [],
    ),
  );
}
