-- AlterEnum
ALTER TYPE "AssetKind" ADD VALUE 'FRAME';

-- CreateEnum
CREATE TYPE "BoundaryMode" AS ENUM ('LAST', 'LOWEST_MOTION', 'MANUAL');

-- CreateEnum
CREATE TYPE "SegmentStatus" AS ENUM ('PENDING', 'GENERATING', 'WAITING', 'DONE', 'FAILED', 'CANCELED');

-- AlterTable
ALTER TABLE "artifact" ADD COLUMN     "codec" TEXT,
ADD COLUMN     "duration_secs" DOUBLE PRECISION,
ADD COLUMN     "fps" DOUBLE PRECISION,
ADD COLUMN     "frame_count" INTEGER,
ADD COLUMN     "height" INTEGER,
ADD COLUMN     "metadata" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "width" INTEGER;

-- AlterTable
ALTER TABLE "take" ADD COLUMN     "boundary_frames" INTEGER NOT NULL DEFAULT 16,
ADD COLUMN     "boundary_mode" "BoundaryMode" NOT NULL DEFAULT 'LAST',
ADD COLUMN     "changes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "input_digest" TEXT,
ADD COLUMN     "request" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "review_note" TEXT,
ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by_id" UUID,
ADD COLUMN     "source_take_id" UUID;

-- A take without a row here is of one run that the workflow manages, or older than segments.
CREATE TABLE "take_segment" (
    "id" UUID NOT NULL,
    "take_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "status" "SegmentStatus" NOT NULL DEFAULT 'PENDING',
    "clip_position" "ClipPosition" NOT NULL,
    "prompts" JSONB NOT NULL,
    "seed" DECIMAL(20,0) NOT NULL,
    "job_id" UUID,
    "seed_asset_id" UUID,
    "output_asset_id" UUID,
    "duration_secs" DOUBLE PRECISION,
    "boundary_asset_id" UUID,
    "boundary_index" INTEGER,
    "boundary_secs" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "take_segment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "boundary_candidate" (
    "segment_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "secs" DOUBLE PRECISION NOT NULL,
    "asset_id" UUID NOT NULL,

    CONSTRAINT "boundary_candidate_pkey" PRIMARY KEY ("segment_id","index")
);

-- CreateTable
CREATE TABLE "workflow_output_kind" (
    "workflow_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "kind" "ArtifactKind" NOT NULL,

    CONSTRAINT "workflow_output_kind_pkey" PRIMARY KEY ("workflow_id","node_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "take_segment_job_id_key" ON "take_segment"("job_id");

-- CreateIndex
CREATE INDEX "take_segment_seed_asset_id_idx" ON "take_segment"("seed_asset_id");

-- CreateIndex
CREATE INDEX "take_segment_output_asset_id_idx" ON "take_segment"("output_asset_id");

-- CreateIndex
CREATE INDEX "take_segment_boundary_asset_id_idx" ON "take_segment"("boundary_asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_segment_take_id_index_key" ON "take_segment"("take_id", "index");

-- CreateIndex
CREATE INDEX "boundary_candidate_asset_id_idx" ON "boundary_candidate"("asset_id");

-- CreateIndex
CREATE INDEX "take_reviewed_by_id_idx" ON "take"("reviewed_by_id");

-- CreateIndex
CREATE INDEX "take_source_take_id_idx" ON "take"("source_take_id");

-- CreateIndex
CREATE INDEX "take_status_character_id_idx" ON "take"("status", "character_id");

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_source_take_id_fkey" FOREIGN KEY ("source_take_id") REFERENCES "take"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_segment" ADD CONSTRAINT "take_segment_take_id_fkey" FOREIGN KEY ("take_id") REFERENCES "take"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_segment" ADD CONSTRAINT "take_segment_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_segment" ADD CONSTRAINT "take_segment_seed_asset_id_fkey" FOREIGN KEY ("seed_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_segment" ADD CONSTRAINT "take_segment_output_asset_id_fkey" FOREIGN KEY ("output_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_segment" ADD CONSTRAINT "take_segment_boundary_asset_id_fkey" FOREIGN KEY ("boundary_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boundary_candidate" ADD CONSTRAINT "boundary_candidate_segment_id_fkey" FOREIGN KEY ("segment_id") REFERENCES "take_segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boundary_candidate" ADD CONSTRAINT "boundary_candidate_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_output_kind" ADD CONSTRAINT "workflow_output_kind_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;
