import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { outputNames } from "#domains/queue/logic/output-names.ts";
import { suspendAfter } from "#domains/queue/logic/suspension.ts";
import { transition } from "#domains/queue/transition.ts";
import { type EarlyOutputs, inMemoryBytes } from "#domains/queue/worker/early-outputs.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { finish } from "#domains/queue/worker/settle.ts";
import { ComfyError, ComfyHttpError } from "#platform/comfy/errors.ts";
import type { ComfyFileEntry, ComfyOutputs } from "#platform/comfy/outputs.ts";
import { inspectMedia, type MediaInfo, UnreadableMediaError } from "#platform/media/inspect.ts";
import { StorageOutage } from "#domains/queue/worker/storage-outage.ts";
import { type StoredBlob, StorageUnavailableError } from "#platform/storage/storage.ts";

/** A single output larger than this is refused, in bytes. */
const maxOutputBytes = 32 * 1024 ** 3;

interface Collected {
  entry: ComfyFileEntry;
  blob: StoredBlob;
  media: MediaInfo;
}

/** Fetches what a prompt made into storage. Nothing refers to it yet, and fetching it again is harmless. */
export async function fetchOutputs(
  context: RunContext,
  outputs: ComfyOutputs,
  early: EarlyOutputs,
): Promise<{ outputs: Named[] } | { problem: RunFailure }> {
  const { run } = context;
  const saved = outputs.files.filter((file) => file.type === "output");
  // Previews are only results where a workflow has no others.
  const wanted = saved.length > 0 ? saved : outputs.files.filter((file) => file.type === "temp");
  const collected: Collected[] = [];
  for (const entry of wanted) {
    const result = await fetchOutput(context, entry, early);
    if ("code" in result) return { problem: result };
    collected.push(result);
  }
  const names = outputNames(
    run.jobId,
    run.outputPrefix,
    collected.map(({ entry }) => entry.filename),
  );
  return {
    outputs: collected.map((output, index) => ({
      ...output,
      ...(names[index] as { folder: string; filename: string }),
    })),
  };
}

async function fetchOutput(
  context: RunContext,
  entry: ComfyFileEntry,
  early: EarlyOutputs,
): Promise<Collected | RunFailure> {
  const { deps, run, connection } = context;
  const outage = new StorageOutage(context);
  const { released } = connection;
  const lostAt = performance.now() + deps.config.worker.machineLostTimeoutSecs * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
    if (released.aborted) throw new HandBackError();
    try {
      // A picture is small enough to be hashed and measured in memory: half the time of going over a file.
      const content = await early.take(entry);
      if (content) return await keep(deps, entry, content);
      const { body, bytes } = await connection.client.view(entry, { signal: released });
      if (bytes !== undefined && bytes <= inMemoryBytes) return await keep(deps, entry, await buffer(body));
      return await keepLarge(deps, entry, body);
    } catch (error) {
      if (released.aborted) throw new HandBackError();
      const isOutage = error instanceof StorageUnavailableError;
      if (!isOutage && !(error instanceof ComfyError)) return storageFailure(entry, error);
      if (error instanceof ComfyHttpError && error.status === 404) {
        return failure("OUTPUT_MISSING", `The machine made ${entry.filename} but no longer has it`, {
          nodeId: entry.nodeId,
        });
      }
      // The connection: the file is there, so it is asked for again until the machine counts as lost. So it is while our
      // own storage is away.
      if (isOutage) outage.notice(error);
      if (performance.now() > lostAt) {
        if (isOutage) return storageFailure(entry, error);
        return failure(
          "MACHINE_LOST",
          `${run.machine.name} went away before ${entry.filename} was fetched: ${error.message}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function keep({ storage }: Pick<Deps, "storage">, entry: ComfyFileEntry, content: Buffer): Promise<Collected> {
  const [blob, media] = await Promise.all([storage.putBytes(content), inspect(content)]);
  return { entry, blob, media };
}

async function keepLarge(
  { storage }: Pick<Deps, "storage">,
  entry: ComfyFileEntry,
  body: Readable,
): Promise<Collected> {
  const blob = await storage.put(body, maxOutputBytes);
  await using file = await storage.localCopy(blob.sha256);
  return { entry, blob, media: await inspect(file.path) };
}

/** What could not be written here: waiting does not help, a person must. */
function storageFailure(entry: ComfyFileEntry, error: unknown): RunFailure {
  const { code, message } = rootOf(error);
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  const what = isFull
    ? "The storage is full; free some space and retry the run"
    : `${entry.filename} could not be stored: ${message}`;
  return failure("STORAGE_ERROR", what, { details: { code: code ?? null } });
}

/** The system's own error, which the storage wraps in others. */
function rootOf(error: unknown): NodeJS.ErrnoException {
  let root = error as NodeJS.ErrnoException;
  while (root.cause instanceof Error) root = root.cause;
  return root;
}

async function inspect(content: string | Uint8Array): Promise<MediaInfo> {
  try {
    return await inspectMedia(content);
  } catch (error) {
    if (!(error instanceof UnreadableMediaError)) throw error;
    // The machine's file is kept as it is: a person may still want to look at it.
    return { mime: error.mime, width: null, height: null, durationSecs: null, fps: null };
  }
}

type Named = Collected & { folder: string; filename: string };

/**
 * State, counters, blobs, assets, links and the machine's memory of it: one statement, so all of it or nothing. It does not
 * wait for the disk: should the database crash right here, the run is found COLLECTING and its outputs are fetched again.
 * @param hasGivenPlace whether others were offered the machine's place already. A run that was stored while this one became
 * COLLECTING can be missed by its own dispatch, which saw the place taken, and by that look, so there is one more.
 */
export async function succeed(context: RunContext, outputs: Named[], hasGivenPlace: boolean): Promise<void> {
  const { deps, run } = context;
  const moved = await transition(deps.db.relaxedPool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["COLLECTING"],
    to: "SUCCEEDED",
    set: { finished_at: { sql: "now()" }, progress: 1, current_node: null, error: null },
    asksOthers: true,
    also: (param) => `
    , output AS (
      SELECT o.* FROM moved CROSS JOIN json_to_recordset(${param(JSON.stringify(outputs.map(asRow)))}::json) AS o(
        id uuid, index int, sha256 text, bytes bigint, mime text, width int, height int, duration float8, fps float8,
        folder text, filename text, node_id text, machine_filename text)
    ), stored AS (
      INSERT INTO blob (sha256, bytes, mime, width, height, duration_secs, fps)
      SELECT DISTINCT ON (sha256) sha256, bytes, mime, width, height, duration, fps FROM output
      ON CONFLICT (sha256) DO NOTHING
    ), named AS (
      INSERT INTO asset (id, sha256, kind, folder, filename, project_id, created_by_id)
      SELECT o.id, o.sha256, 'OUTPUT', o.folder,
        -- The name of an earlier attempt's file is taken; the id makes another.
        CASE WHEN EXISTS (SELECT 1 FROM asset a WHERE a.folder = o.folder AND a.filename = o.filename)
          THEN o.id || '_' || o.filename ELSE o.filename END,
        ${param(run.projectId)}::uuid, ${param(run.createdById)}::uuid
      FROM output o
    ), linked AS (
      INSERT INTO run_output (run_id, index, asset_id, node_id, machine_filename)
      SELECT moved.id, o.index, o.id, o.node_id, o.machine_filename FROM output o CROSS JOIN moved
    ), remembered AS (
      UPDATE machine SET last_version_id = ${param(run.workflowVersionId)}::uuid, failure_streak = 0
      FROM moved WHERE machine.id = ${param(run.machine.id)}::uuid
        AND (machine.last_version_id IS DISTINCT FROM ${param(run.workflowVersionId)}::uuid OR machine.failure_streak > 0)
    ), proved AS (
      DELETE FROM machine_refusal r USING moved WHERE r.machine_id = ${param(run.machine.id)}::uuid AND r.needs = ${param(run.needs)}
    )`,
  });
  if (moved.length > 0) {
    const names = outputs.map((output) => output.filename).join(", ");
    deps.runMetrics.ended(run.pool, "SUCCEEDED");
    deps.runLog.add(run, "SUCCEEDED", names === "" ? "Without outputs" : `Stored ${names}`);
  }
  // One that was on trial has all its places again.
  const isCured = run.machine.failureStreak >= suspendAfter;
  const isWanted = !hasGivenPlace && moved[0]?.othersWait !== false;
  await finish(context, moved, { freesMachine: isCured || isWanted });
}

function asRow({ entry, blob, media, folder, filename }: Named, index: number) {
  return {
    id: uuidv7(),
    index,
    sha256: blob.sha256,
    bytes: blob.bytes,
    mime: media.mime,
    width: media.width,
    height: media.height,
    duration: media.durationSecs,
    fps: media.fps,
    folder,
    filename,
    node_id: entry.nodeId,
    machine_filename: entry.filename,
  };
}
