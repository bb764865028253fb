import type { Deps } from "#app/deps.ts";

/**
 * Writes down how a dry run ended, and with it that a workflow is TESTED. Told for every job that ends, also twice or
 * late; a job that goes on after a retry is told of by reopenDryRun.
 */
export async function settleDryRun({ db, bus }: Pick<Deps, "db" | "bus">, jobId: string): Promise<void> {
  // Most jobs are no dry run: one cheap look says so.
  const { rowCount } = await db.pool.query({
    name: "dry-run-of-job",
    text: "SELECT 1 FROM workflow_dry_run WHERE job_id = $1",
    values: [jobId],
  });
  if (rowCount === 0) return;
  const job = await db.prisma.job.findUnique({
    where: { id: jobId },
    include: {
      runs: { include: { machine: true }, orderBy: { index: "asc" }, take: 1 },
      workflowVersion: { select: { workflowId: true } },
    },
  });
  if (!job?.finishedAt) return;
  const [run] = job.runs;
  const hasPassed = job.status === "SUCCEEDED";
  await db.prisma.$transaction(async (tx) => {
    await tx.workflowDryRun.updateMany({
      where: { jobId },
      data: {
        status: hasPassed ? "PASSED" : "FAILED",
        message: hasPassed ? null : whyNot(job.status, run?.error),
        machineName: run?.machine?.name ?? null,
        finishedAt: job.finishedAt,
      },
    });
    if (!hasPassed) return;
    // Only what is current now is tested: a newer version starts as a draft again.
    await tx.workflow.updateMany({
      where: { currentVersionId: job.workflowVersionId, status: "DRAFT" },
      data: { status: "TESTED" },
    });
  });
  bus.publish("dryRun.changed", { workflowId: job.workflowVersion.workflowId });
}

export async function reopenDryRun({ db, bus }: Pick<Deps, "db" | "bus">, jobId: string): Promise<void> {
  const where = { jobId, status: "FAILED" } as const;
  const dryRun = await db.prisma.workflowDryRun.findFirst({
    where,
    select: { version: { select: { workflowId: true } } },
  });
  if (!dryRun) return;
  await db.prisma.workflowDryRun.updateMany({
    where,
    data: { status: "RUNNING", message: null, finishedAt: null },
  });
  bus.publish("dryRun.changed", { workflowId: dryRun.version.workflowId });
}

/** Dry runs whose job ended while nobody was there to tell them, after a crash. */
export async function settleForgottenDryRuns(deps: Pick<Deps, "db" | "bus">): Promise<void> {
  const forgotten = await deps.db.prisma.workflowDryRun.findMany({
    where: { status: "RUNNING", job: { finishedAt: { not: null } } },
    select: { jobId: true },
  });
  for (const { jobId } of forgotten) await settleDryRun(deps, jobId as string);
}

function whyNot(status: string, error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error ? String(error.message) : null;
  if (status === "CANCELED") return "The job was canceled.";
  return message ?? "The job failed.";
}
