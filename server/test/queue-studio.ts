import sharp from "sharp";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import { startTestApp, type TestApp, type TestAppOptions } from "#test/test-app.ts";

/** The cheapest workflow of the simulator: waits, then saves a pixel. */
export const sleepGraph = (ms: number) => ({
  "1": { class_type: "SimulatorSleep", inputs: { ms, seed: 1 } },
  "2": { class_type: "SimulatorOutput", inputs: { token: ["1", 0], filename_prefix: "pixel" } },
});

/** Two prompts, a sampler, a size; few steps, so that it takes milliseconds. */
export const pictureGraph = {
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "studio.safetensors" } },
  "2": {
    class_type: "CLIPTextEncode",
    inputs: { text: "a lantern seller", clip: ["1", 1] },
    _meta: { title: "What to show" },
  },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] }, _meta: { title: "What to avoid" } },
  "4": { class_type: "EmptyLatentImage", inputs: { width: 64, height: 32, batch_size: 1 } },
  "5": {
    class_type: "KSampler",
    inputs: {
      seed: 7,
      steps: 2,
      cfg: 7,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 1,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["4", 0],
    },
  },
  "6": { class_type: "VAEDecode", inputs: { samples: ["5", 0], vae: ["1", 2] } },
  "7": { class_type: "SaveImage", inputs: { filename_prefix: "shots/lantern", images: ["6", 0] } },
};

/** Turns an input picture into an output. */
export const invertGraph = {
  "1": { class_type: "LoadImage", inputs: { image: "example.png" } },
  "2": { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "inverted", clip: ["4", 1] }, _meta: { title: "Caption" } },
  "4": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "studio.safetensors" } },
  "5": { class_type: "SaveImage", inputs: { filename_prefix: "inverted", images: ["2", 0] } },
};

/** Makes a short clip from a picture, with texts of its own. Frames are as many as `length`, a number of the form 4n + 1. */
export const clipGraph = (length = 9, fps = 8) => ({
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "studio.safetensors" } },
  "2": { class_type: "LoadImage", inputs: { image: "example.png" }, _meta: { title: "First frame" } },
  "3": {
    class_type: "CLIPTextEncode",
    inputs: { text: "she walks", clip: ["1", 1] },
    _meta: { title: "What happens" },
  },
  "4": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] }, _meta: { title: "What to avoid" } },
  "5": {
    class_type: "WanImageToVideo",
    inputs: {
      width: 64,
      height: 48,
      length,
      batch_size: 1,
      positive: ["3", 0],
      negative: ["4", 0],
      vae: ["1", 2],
      start_image: ["2", 0],
    },
  },
  "6": {
    class_type: "KSampler",
    inputs: {
      seed: 7,
      steps: 1,
      cfg: 7,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 1,
      model: ["1", 0],
      positive: ["5", 0],
      negative: ["5", 1],
      latent_image: ["5", 2],
    },
  },
  "7": { class_type: "VAEDecode", inputs: { samples: ["6", 0], vae: ["1", 2] } },
  "8": { class_type: "CreateVideo", inputs: { images: ["7", 0], fps } },
  "9": {
    class_type: "SaveVideo",
    inputs: { video: ["8", 0], filename_prefix: "clips/walk", format: "mp4", codec: "h264" },
  },
});

export interface QueueStudio extends TestApp {
  /** The workflow that does nothing for 0 ms and saves a pixel. */
  workflowId: string;
  /** Submits the workflow that sleeps for so long, or the one that is named. @returns the first job's id */
  submit(input?: Partial<SubmitInput> & { ms?: number }, viewer?: Viewer): Promise<string>;
  /** A workflow from a graph. @returns its id */
  workflow(name: string, graph: unknown): Promise<string>;
  job(id: string): Promise<JobState>;
  /** Waits until the job with its runs is so. @throws with its state when it takes too long */
  untilJob(id: string, isSo: (job: JobState) => boolean, timeoutMs?: number): Promise<JobState>;
  untilEnded(id: string, timeoutMs?: number): Promise<JobState>;
  /** Waits until something is so that no job tells of: looked at again whenever anything happens. */
  until(what: string, isSo: () => boolean | Promise<boolean>, timeoutMs?: number): Promise<void>;
  /** How many files, jobs and runs there are: to see that nothing was left behind. */
  countRows(): Promise<Record<string, number>>;
  /** A small picture as an uploaded asset; equal colours give equal bytes. @returns its database id */
  picture(filename: string, colour?: string, owner?: { projectId?: string; userId?: string }): Promise<string>;
  /** A person with a role and projects. */
  person(role: Viewer["role"], projectIds?: string[]): Promise<Viewer>;
}

export type JobState = Awaited<ReturnType<typeof readJob>>;

/** An app with a worker, one machine unless said otherwise, and a quick workflow. */
export async function startQueueStudio(options: TestAppOptions = {}): Promise<QueueStudio> {
  const app = await startTestApp({ roles: { worker: true }, simulators: options.beside ? [] : [{}], ...options });
  const { deps, admin } = app;
  const workflow = async (name: string, graph: unknown): Promise<string> => {
    const imported = await importWorkflow(deps, { name, source: stringifyJson(graph), removeOrphans: false });
    return imported.workflow.id;
  };
  const sleepers = new Map<number, Promise<string>>();
  const sleeper = (ms: number): Promise<string> => {
    const known = sleepers.get(ms) ?? workflow(`Sleep ${ms}`, sleepGraph(ms));
    sleepers.set(ms, known);
    return known;
  };
  const workflowId = await sleeper(0);
  const studio: QueueStudio = {
    ...app,
    workflowId,
    workflow,
    submit: async ({ ms = 0, ...input } = {}, viewer = admin) => {
      const { jobIds } = await submitJob(deps, viewer, { workflowId: await sleeper(ms), ...input });
      return jobIds[0] as string;
    },
    job: (id) => readJob(app, id),
    untilJob: async (id, isSo, timeoutMs = 60_000) => {
      let job = await readJob(app, id);
      await waitFor(app, `job ${id}`, async () => isSo((job = await readJob(app, id))), timeoutMs, id).catch(
        (error: Error) => {
          throw new Error(`${error.message}; it is ${stringifyJson(job, 1)}`);
        },
      );
      return job;
    },
    untilEnded: async (id, timeoutMs = 60_000) => {
      // Reading all runs at every change would keep the database busier than the queue does.
      const hasEnded = () =>
        deps.db.prisma.job.count({ where: { id, finishedAt: { not: null } } }).then((count) => count > 0);
      await waitFor(app, "the end", hasEnded, timeoutMs, id).catch(() => undefined);
      return studio.untilJob(id, (job) => job.finishedAt !== null, 1_000);
    },
    until: (what, isSo, timeoutMs = 60_000) => waitFor(app, what, isSo, timeoutMs),
    countRows: async () => {
      const { rows } = await deps.db.pool.query<Record<string, number>>(
        `SELECT (SELECT count(*)::int FROM job) AS jobs, (SELECT count(*)::int FROM run) AS runs,
           (SELECT count(*)::int FROM asset) AS assets, (SELECT count(*)::int FROM take) AS takes`,
      );
      return rows[0] as Record<string, number>;
    },
    picture: async (filename, colour = "red", owner = {}) => {
      const blob = await deps.storage.putBytes(await pictureBytes(colour));
      const { id } = await storeAsset(deps, {
        blob,
        kind: "UPLOAD",
        folder: `uploads/${owner.userId ?? admin.userId}`,
        filename,
        projectId: owner.projectId ?? null,
        createdById: owner.userId ?? admin.userId,
      });
      return id;
    },
    person: async (role, projectIds = []) => {
      const user = await deps.db.prisma.user.create({ data: { name: role, role } });
      return { userId: user.id, name: user.name, role, projectIds };
    },
  };
  return studio;
}

/** A PNG of eight pixels. */
export function pictureBytes(colour: string): Promise<Buffer> {
  return sharp({ create: { width: 4, height: 2, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

async function readJob({ deps: { db } }: TestApp, id: string) {
  const job = await db.prisma.job.findUniqueOrThrow({
    where: { id },
    include: {
      runs: {
        orderBy: { index: "asc" },
        include: { graph: true, machine: true, outputs: { orderBy: { index: "asc" }, include: { asset: true } } },
      },
    },
  });
  return {
    ...job,
    status: job.status,
    runs: job.runs.map((run) => ({
      ...run,
      seed: BigInt(run.seed?.toFixed() ?? 0),
      error: run.error as { code: string; message: string; nodeId: string | null } | null,
      graph: parseJson(run.graph?.json ?? "{}") as unknown as ApiGraph,
      prompts: run.graph?.prompts as unknown as { nodeId: string; text: string; source: string }[],
      files: run.outputs.map((output) => `${output.asset.folder}/${output.asset.filename}`),
    })),
  };
}

/** Looks whenever a job (or that one) or the system changes, and now and then for what no event tells. */
async function waitFor(
  { deps: { bus } }: TestApp,
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs: number,
  onlyJob?: string,
): Promise<void> {
  let wake: (() => void) | undefined;
  let changed = true;
  const hear = (): void => {
    changed = true;
    wake?.();
  };
  const stops = [
    bus.subscribe("job.changed", ({ jobId }) => (onlyJob === undefined || jobId === onlyJob) && hear()),
    bus.subscribe("system.changed", hear),
  ];
  const timer = setInterval(hear, 100);
  const deadline = performance.now() + timeoutMs;
  try {
    for (;;) {
      changed = false;
      if (await isSo()) return;
      if (performance.now() > deadline) throw new Error(`${what} was not as expected after ${timeoutMs} ms`);
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearInterval(timer);
    for (const stop of stops) stop();
  }
}
