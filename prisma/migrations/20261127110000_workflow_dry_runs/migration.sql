-- CreateEnum
CREATE TYPE "DryRunStatus" AS ENUM ('RUNNING', 'PASSED', 'FAILED');

-- AlterTable
ALTER TABLE "machine_definitions" ALTER COLUMN "object_info" SET DATA TYPE JSON;

-- CreateTable
CREATE TABLE "workflow_dry_run" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "job_id" UUID,
    "status" "DryRunStatus" NOT NULL DEFAULT 'RUNNING',
    "message" TEXT,
    "machine_name" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_dry_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workflow_dry_run_job_id_key" ON "workflow_dry_run"("job_id");

-- CreateIndex
CREATE INDEX "workflow_dry_run_version_id_id_idx" ON "workflow_dry_run"("version_id", "id" DESC);

-- CreateIndex
CREATE INDEX "workflow_dry_run_created_by_id_idx" ON "workflow_dry_run"("created_by_id");

-- AddForeignKey
ALTER TABLE "workflow_dry_run" ADD CONSTRAINT "workflow_dry_run_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "workflow_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_dry_run" ADD CONSTRAINT "workflow_dry_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_dry_run" ADD CONSTRAINT "workflow_dry_run_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What is stored has lost the order of inputs: workers read it anew.
UPDATE "machine" SET "definitions_at" = NULL;
