import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { loadDrivenExecution } from "#domains/stories/executions/load-execution.ts";
import { lockExecution } from "#domains/stories/executions/lock-execution.ts";
import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Execution, ExecutionScene } from "#platform/db/generated/client.ts";
import type { ExecutionStatus } from "#platform/db/generated/enums.ts";
import { currentRequestId } from "#platform/work/scope.ts";

export type SteerDeps = Pick<Deps, "db" | "bus" | "runQueue" | "runLog" | "log" | "executionDriver">;

const open: ExecutionStatus[] = ["IMAGES", "CHOOSING", "VIDEOS", "STITCHING"];

/** An execution that the viewer may see. @throws NotFoundError */
export async function requireExecution(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  path = ["id"],
): Promise<Execution> {
  const execution = await db.prisma.execution.findFirst({ where: { AND: [{ id }, visibleOfBranch(viewer)] } });
  if (!execution) throw new NotFoundError("The execution", path);
  return execution;
}

/**
 * Goes on from the images to the clips between them.
 * @throws NotFoundError, ConflictError (NOT_CHOOSING) where it does not wait for that
 */
export async function continueExecution(deps: SteerDeps, viewer: Viewer, id: string): Promise<Execution> {
  await requireExecution(deps, viewer, id);
  const { count } = await deps.db.prisma.execution.updateMany({
    where: { id, status: "CHOOSING" },
    data: { status: "VIDEOS", requestId: currentRequestId() },
  });
  const execution = await requireExecution(deps, viewer, id);
  if (count === 0)
    throw new ConflictError(`The execution is ${execution.status}; it goes on from CHOOSING only`, "NOT_CHOOSING", [
      "id",
    ]);
  wake(deps, id);
  return execution;
}

/**
 * Chooses the image of a scene that its transitions begin and end with. Once they were rendered, those that touch the scene
 * are to be rendered again: a film that was there waits for `continueExecution`.
 * @throws NotFoundError, ValidationError, ConflictError (RENDERING) while transitions are made
 */
export async function chooseVariant(
  deps: SteerDeps,
  viewer: Viewer,
  { sceneId, variant }: { sceneId: string; variant: number },
): Promise<ExecutionScene> {
  const where = { AND: [{ id: sceneId }, { execution: visibleOfBranch(viewer) }] };
  const scene = await deps.db.prisma.executionScene.findFirst({ where, include: { execution: true } });
  if (!scene) throw new NotFoundError("The scene of the execution", ["executionSceneId"]);
  const { executionId, order, execution } = scene;
  if (!Number.isInteger(variant) || variant < 0 || variant >= execution.variants)
    throw ValidationError.at(["variant"], `the scene has the variants 0 to ${execution.variants - 1}`);
  const chosen = await deps.db.prisma.$transaction(async (tx) => {
    const locked = await lockExecution(tx, executionId);
    const before = await tx.executionScene.findUniqueOrThrow({ where: { id: sceneId } });
    if (before.chosenVariant === variant) return before;
    if (locked?.status === "VIDEOS" || locked?.status === "STITCHING")
      throw new ConflictError(
        "Transitions are being rendered from the chosen images; wait for them, or cancel the execution first",
        "RENDERING",
        ["executionSceneId"],
      );
    await tx.executionTransition.updateMany({
      where: { executionId, order: { in: [order - 1, order] }, status: { not: "PENDING" } },
      data: { status: "PENDING", jobId: null, frameCount: null, durationSecs: null, error: null },
    });
    if (locked?.status === "SUCCEEDED")
      await tx.execution.update({ where: { id: executionId }, data: { status: "CHOOSING", finishedAt: null } });
    return tx.executionScene.update({ where: { id: sceneId }, data: { chosenVariant: variant } });
  });
  deps.bus.publish("execution.changed", { executionId });
  return chosen;
}

/**
 * Cancels an execution that is not over, whatever it is at: its jobs are stopped, and nothing goes on with it until somebody
 * retries it. One that is over stays as it is; repeats change nothing.
 * @throws NotFoundError
 */
export async function cancelExecution(deps: SteerDeps, viewer: Viewer, id: string): Promise<Execution> {
  await requireExecution(deps, viewer, id);
  await deps.db.prisma.$transaction(async (tx) => {
    const locked = await lockExecution(tx, id);
    if (!locked || !open.includes(locked.status)) return;
    const now = new Date();
    await tx.execution.update({ where: { id }, data: { status: "CANCELED", canceledAt: now, finishedAt: now } });
    const underWay = {
      where: { executionId: id, status: "GENERATING" as const },
      data: { status: "CANCELED" as const },
    };
    await tx.executionScene.updateMany(underWay);
    await tx.executionTransition.updateMany(underWay);
  });
  const execution = await loadDrivenExecution(deps, id);
  // Told at repeats, too: the first time may have been cut short.
  for (const { job } of execution?.canceledAt ? [...execution.scenes, ...execution.transitions] : [])
    if (job?.finishedAt === null) await cancelJob(deps, viewer, job.id, "NOW");
  deps.bus.publish("execution.changed", { executionId: id });
  return requireExecution(deps, viewer, id);
}

/**
 * Lets an execution go on that failed or was canceled: what is there stays, runs that failed or were stopped are made again.
 * @throws NotFoundError, ConflictError (NOT_OVER, STILL_STOPPING)
 */
export async function retryExecution(
  deps: SteerDeps,
  viewer: Viewer,
  { id, newSeeds }: { id: string; newSeeds: boolean },
): Promise<Execution> {
  const { status } = await requireExecution(deps, viewer, id);
  if (status !== "FAILED" && status !== "CANCELED")
    throw new ConflictError(`The execution is ${status}; one that FAILED or was CANCELED can be retried`, "NOT_OVER", [
      "id",
    ]);
  const stopping = { status: "CANCELING" as const, job: { parent: { execution: { id } } } };
  if ((await deps.db.prisma.run.count({ where: stopping })) > 0)
    throw new ConflictError("Runs are still being stopped; retry it in a moment", "STILL_STOPPING", ["id"]);
  const jobIds = await deps.db.prisma.$transaction((tx) => reopen(tx, id));
  for (const jobId of jobIds) await retryJob(deps, viewer, jobId, { newSeeds });
  wake(deps, id);
  return requireExecution(deps, viewer, id);
}

/** @returns jobs whose runs are to be made again */
async function reopen(tx: PrismaTx, id: string): Promise<string[]> {
  const locked = await lockExecution(tx, id);
  // Somebody else may have retried it.
  if (locked?.status !== "FAILED" && locked?.status !== "CANCELED") return [];
  const include = { job: { select: { id: true, status: true } } };
  const scenes = await tx.executionScene.findMany({ where: { executionId: id }, include });
  const transitions = await tx.executionTransition.findMany({ where: { executionId: id }, include });
  const jobIds: string[] = [];
  for (const [parts, table] of [
    [scenes, tx.executionScene],
    [transitions, tx.executionTransition],
  ] as const) {
    const stopped = parts.filter(({ status }) => status === "FAILED" || status === "CANCELED");
    // What succeeded and was of no use is rendered anew; what was canceled too late is there.
    const anew = stopped.filter(({ status, job }) => !job || (status === "FAILED" && job.status === "SUCCEEDED"));
    const again = stopped.filter((part) => !anew.includes(part));
    const idsOf = (some: readonly { id: string }[]) => ({ id: { in: some.map((part) => part.id) } });
    const update = table.updateMany as typeof tx.executionScene.updateMany;
    await update({ where: idsOf(anew), data: { status: "PENDING", jobId: null, error: null } });
    await update({ where: idsOf(again), data: { status: "GENERATING", error: null } });
    jobIds.push(...again.flatMap(({ job }) => (job && job.status !== "SUCCEEDED" ? [job.id] : [])));
  }
  const isImaged = scenes.every((scene) => scene.status === "DONE");
  const isBegun = transitions.some((transition) => transition.status !== "PENDING");
  const status = !isImaged ? "IMAGES" : isBegun || !locked.pausesForChoice ? "VIDEOS" : "CHOOSING";
  const going = { canceledAt: null, finishedAt: null, error: null, requestId: currentRequestId() };
  await tx.execution.update({ where: { id }, data: { status, ...going } });
  return jobIds;
}

function wake({ bus, executionDriver }: SteerDeps, executionId: string): void {
  bus.publish("execution.changed", { executionId });
  executionDriver.wake(executionId);
}
