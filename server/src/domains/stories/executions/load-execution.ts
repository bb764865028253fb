import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { ExecutionState, PartState } from "#domains/stories/logic/execution-step.ts";
import { executionFolder } from "#domains/stories/logic/execution-paths.ts";
import type { Job } from "#platform/db/generated/client.ts";
import type { ExecutionPartStatus } from "#platform/db/generated/enums.ts";

export type DrivenExecution = NonNullable<Awaited<ReturnType<typeof loadDrivenExecution>>>;
export type DrivenScene = DrivenExecution["scenes"][number];
export type DrivenTransition = DrivenExecution["transitions"][number];

/** An execution with where each of its parts stands; null when it is gone. Texts are read when they are needed. */
export async function loadDrivenExecution({ db }: Pick<Deps, "db">, id: string) {
  const job = { select: { id: true, status: true, finishedAt: true } };
  return db.prisma.execution.findUnique({
    where: { id },
    include: {
      createdBy: true,
      branch: { select: { projectId: true } },
      scenes: {
        orderBy: { order: "asc" },
        include: { job, images: { orderBy: { variant: "asc" }, omit: { prompts: true } } },
      },
      transitions: { orderBy: { order: "asc" }, omit: { prompts: true }, include: { job } },
    },
  });
}

export function stateOf({ status, pausesForChoice, scenes, transitions }: DrivenExecution): ExecutionState {
  return { status, pausesForChoice, scenes: scenes.map(partOf), transitions: transitions.map(partOf) };
}

function partOf({
  status,
  job,
}: {
  status: ExecutionPartStatus;
  job: Pick<Job, "status" | "finishedAt"> | null;
}): PartState {
  return { status, job: job && { status: job.status, isFinished: job.finishedAt !== null } };
}

/** Who goes on with an execution while nobody asks: the person who started it, with eyes for its project alone. */
export function viewerOf({ createdBy, branch }: Pick<DrivenExecution, "createdBy" | "branch">): Viewer {
  const { id: userId, name } = createdBy;
  return { userId, name, role: "CREATOR", projectIds: [branch.projectId] };
}

/** To whom its files belong, and where they lie. */
export function ownerOf(execution: Pick<DrivenExecution, "createdById" | "branch" | "story" | "jobId" | "execId">) {
  const { createdById, branch } = execution;
  return { createdById, projectId: branch.projectId, folder: executionFolder(execution) };
}
