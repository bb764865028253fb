-- AlterTable
ALTER TABLE "run" ADD COLUMN     "needs" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "machine_refusal" (
    "machine_id" UUID NOT NULL,
    "needs" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "reasons" TEXT[],
    "is_said" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "machine_refusal_pkey" PRIMARY KEY ("machine_id","needs")
);

-- CreateIndex
CREATE INDEX "machine_refusal_needs_idx" ON "machine_refusal"("needs");

-- AddForeignKey
ALTER TABLE "machine_refusal" ADD CONSTRAINT "machine_refusal_machine_id_fkey" FOREIGN KEY ("machine_id") REFERENCES "machine"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Runs that may still go to a machine: what their version needs, whatever values they have.
UPDATE "run" SET "needs" = "job"."workflow_version_id"::text FROM "job" WHERE "job"."id" = "run"."job_id" AND "run"."status" <> 'SUCCEEDED';
