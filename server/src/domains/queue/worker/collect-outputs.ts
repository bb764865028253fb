import { v7 as uuidv7 } from "uuid";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { outputNames } from "#domains/queue/logic/output-names.ts";
import { transition } from "#domains/queue/transition.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { finish } from "#domains/queue/worker/settle.ts";
import { ComfyError, ComfyHttpError } from "#platform/comfy/errors.ts";
import type { ComfyFileEntry, ComfyOutputs } from "#platform/comfy/outputs.ts";
import { inspectFile, type MediaInfo, UnreadableMediaError } from "#platform/media/inspect.ts";
import type { StoredBlob } from "#platform/storage/storage.ts";

/** A single output larger than this is refused, in bytes. */
const maxOutputBytes = 32 * 1024 ** 3;

interface Collected {
  entry: ComfyFileEntry;
  blob: StoredBlob;
  media: MediaInfo;
}

/**
 * Fetches the outputs and ends the run as SUCCEEDED: rows, links and state in one transaction, after the bytes are stored.
 * @returns why it can't, or null
 */
export async function collectOutputs(context: RunContext, outputs: ComfyOutputs): Promise<RunFailure | null> {
  const { run } = context;
  const saved = outputs.files.filter((file) => file.type === "output");
  // Previews are only results where a workflow has no others.
  const wanted = saved.length > 0 ? saved : outputs.files.filter((file) => file.type === "temp");
  const collected: Collected[] = [];
  for (const entry of wanted) {
    const result = await fetchOutput(context, entry);
    if ("code" in result) return result;
    collected.push(result);
  }
  const names = outputNames(run.jobId, run.outputPrefix, collected.map(({ entry }) => entry.filename));
  await succeed(context, collected.map((output, index) => ({ ...output, ...(names[index] as { folder: string; filename: string }) })));
  return null;
}

async function fetchOutput({ deps, run, connection }: RunContext, entry: ComfyFileEntry): Promise<Collected | RunFailure> {
  const { released } = connection;
  const lostAt = performance.now() + deps.config.worker.machineLostTimeoutSecs * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
    if (released.aborted) throw new HandBackError();
    try {
      const { body } = await connection.client.view(entry, { signal: released });
      const blob = await deps.storage.put(body, maxOutputBytes);
      return { entry, blob, media: await inspect(deps.storage.localPath(blob.sha256)) };
    } catch (error) {
      if (error instanceof ComfyHttpError && error.status === 404) {
        return failure("OUTPUT_MISSING", `The machine made ${entry.filename} but no longer has it`, { nodeId: entry.nodeId });
      }
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOSPC" || code === "EDQUOT") {
        return failure("STORAGE_ERROR", "The storage is full; free some space and retry the run", { details: { code } });
      }
      // Anything else is the connection: the file is there, so it is asked for again until the machine counts as lost.
      if (performance.now() > lostAt) {
        return failure("MACHINE_LOST", `${run.machine.name} went away before ${entry.filename} was fetched: ${error instanceof ComfyError ? error.message : String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function inspect(path: string): Promise<MediaInfo> {
  try {
    return await inspectFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableMediaError)) throw error;
    // The machine's file is kept as it is: a person may still want to look at it.
    return { mime: error.mime, width: null, height: null, durationSecs: null, fps: null };
  }
}

type Named = Collected & { folder: string; filename: string };

async function succeed(context: RunContext, outputs: Named[]): Promise<void> {
  const { deps, run } = context;
  const client = await deps.db.pool.connect();
  let moved: Awaited<ReturnType<typeof transition>>;
  try {
    await client.query("BEGIN");
    moved = await transition(client, {
      runIds: [run.id],
      comfyPromptId: run.comfyPromptId,
      from: ["COLLECTING"],
      to: "SUCCEEDED",
      set: { finished_at: { sql: "now()" }, progress: 1, current_node: null, error: null },
    });
    if (moved.length > 0 && outputs.length > 0) {
      await client.query({ name: "store-outputs", text: storeOutputs, values: [run.id, run.projectId, run.createdById, JSON.stringify(outputs.map(asRow))] });
    }
    await client.query({
      name: "machine-succeeded",
      text: `UPDATE machine SET last_version_id = $2, failure_streak = 0
             WHERE id = $1 AND (last_version_id IS DISTINCT FROM $2 OR failure_streak > 0)`,
      values: [run.machine.id, run.workflowVersionId],
    });
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  await finish(context, moved);
}

/** Blobs, assets and links in one statement. A name that is taken (by an earlier attempt's file) gets the asset's id. */
const storeOutputs = `
  WITH output AS (
    SELECT * FROM json_to_recordset($4::json) AS o(
      id uuid, index int, sha256 text, bytes bigint, mime text, width int, height int, duration float8, fps float8,
      folder text, filename text, node_id text, machine_filename text)
  ), stored AS (
    INSERT INTO blob (sha256, bytes, mime, width, height, duration_secs, fps)
    SELECT DISTINCT ON (sha256) sha256, bytes, mime, width, height, duration, fps FROM output
    ON CONFLICT (sha256) DO NOTHING
  ), named AS (
    INSERT INTO asset (id, sha256, kind, folder, filename, project_id, created_by_id)
    SELECT o.id, o.sha256, 'OUTPUT', o.folder,
      CASE WHEN EXISTS (SELECT 1 FROM asset a WHERE a.folder = o.folder AND a.filename = o.filename)
        THEN o.id || '_' || o.filename ELSE o.filename END,
      $2::uuid, $3::uuid
    FROM output o
    RETURNING id
  )
  INSERT INTO run_output (run_id, index, asset_id, node_id, machine_filename)
  SELECT $1::uuid, o.index, o.id, o.node_id, o.machine_filename FROM output o JOIN named ON named.id = o.id`;

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
