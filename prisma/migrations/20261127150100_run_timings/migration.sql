-- Execution apart from the fetching of outputs, and the size that a run was planned for: what estimates are made from.
-- Runs that ended before have neither and count for nothing.

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "executed_until" TIMESTAMPTZ(3),
ADD COLUMN     "height" INTEGER,
ADD COLUMN     "width" INTEGER;

-- The latest jobs of a workflow version are found without sorting.

-- DropIndex
DROP INDEX "job_workflow_version_id_idx";

-- CreateIndex
CREATE INDEX "job_workflow_version_id_id_idx" ON "job"("workflow_version_id", "id" DESC);

-- How many runs succeeded lately. Prisma can't express partial indexes.
CREATE INDEX "run_succeeded_idx" ON "run"("finished_at") WHERE "status" = 'SUCCEEDED';
