-- CreateEnum
CREATE TYPE "ExecutionStatus" AS ENUM ('IMAGES', 'CHOOSING', 'VIDEOS', 'STITCHING', 'SUCCEEDED', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "ExecutionPartStatus" AS ENUM ('PENDING', 'GENERATING', 'DONE', 'FAILED', 'CANCELED');

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "parent_id" UUID;

-- CreateTable
CREATE TABLE "slot_prompt" (
    "id" UUID NOT NULL,
    "branch_id" UUID,
    "scene_id" UUID,
    "slot_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "slot_prompt_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "slot_prompt_owner_check" CHECK (num_nonnulls("branch_id", "scene_id") = 1)
);

-- CreateTable
CREATE TABLE "execution" (
    "id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "exec_id" TEXT NOT NULL,
    "story" TEXT NOT NULL,
    "job_id" UUID NOT NULL,
    "status" "ExecutionStatus" NOT NULL DEFAULT 'IMAGES',
    "variants" INTEGER NOT NULL,
    "pauses_for_choice" BOOLEAN NOT NULL,
    "source_asset_id" UUID NOT NULL,
    "input_hash" TEXT NOT NULL,
    "image_version_id" UUID NOT NULL,
    "video_version_id" UUID NOT NULL,
    "first_frame_key" TEXT NOT NULL,
    "last_frame_key" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "seed" DECIMAL(20,0) NOT NULL,
    "film_asset_id" UUID,
    "metadata_asset_id" UUID,
    "frame_count" INTEGER,
    "duration_secs" DOUBLE PRECISION,
    "is_reencoded" BOOLEAN,
    "stitch_progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "error" TEXT,
    "idempotency_key" TEXT,
    "payload_hash" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "canceled_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "execution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "execution_scene" (
    "id" UUID NOT NULL,
    "execution_id" UUID NOT NULL,
    "order" INTEGER NOT NULL,
    "scene_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "status" "ExecutionPartStatus" NOT NULL DEFAULT 'PENDING',
    "chosen_variant" INTEGER NOT NULL DEFAULT 0,
    "job_id" UUID,
    "error" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "execution_scene_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "execution_image" (
    "id" UUID NOT NULL,
    "execution_scene_id" UUID NOT NULL,
    "variant" INTEGER NOT NULL,
    "seed" DECIMAL(20,0) NOT NULL,
    "prompts" JSONB NOT NULL,
    "run_id" UUID,
    "asset_id" UUID,

    CONSTRAINT "execution_image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "execution_transition" (
    "id" UUID NOT NULL,
    "execution_id" UUID NOT NULL,
    "order" INTEGER NOT NULL,
    "seed" DECIMAL(20,0) NOT NULL,
    "params" JSONB NOT NULL,
    "prompts" JSONB NOT NULL,
    "status" "ExecutionPartStatus" NOT NULL DEFAULT 'PENDING',
    "job_id" UUID,
    "run_id" UUID,
    "asset_id" UUID,
    "frame_count" INTEGER,
    "duration_secs" DOUBLE PRECISION,
    "error" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "execution_transition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parent_job" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "project_id" UUID,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parent_job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "slot_prompt_slot_id_idx" ON "slot_prompt"("slot_id");

-- CreateIndex
CREATE UNIQUE INDEX "slot_prompt_branch_id_slot_id_key" ON "slot_prompt"("branch_id", "slot_id");

-- CreateIndex
CREATE UNIQUE INDEX "slot_prompt_scene_id_slot_id_key" ON "slot_prompt"("scene_id", "slot_id");

-- CreateIndex
CREATE UNIQUE INDEX "execution_exec_id_key" ON "execution"("exec_id");

-- CreateIndex
CREATE UNIQUE INDEX "execution_job_id_key" ON "execution"("job_id");

-- CreateIndex
CREATE INDEX "execution_branch_id_id_idx" ON "execution"("branch_id", "id" DESC);

-- CreateIndex
CREATE INDEX "execution_source_asset_id_idx" ON "execution"("source_asset_id");

-- CreateIndex
CREATE INDEX "execution_film_asset_id_idx" ON "execution"("film_asset_id");

-- CreateIndex
CREATE INDEX "execution_metadata_asset_id_idx" ON "execution"("metadata_asset_id");

-- CreateIndex
CREATE INDEX "execution_image_version_id_idx" ON "execution"("image_version_id");

-- CreateIndex
CREATE INDEX "execution_video_version_id_idx" ON "execution"("video_version_id");

-- CreateIndex
CREATE INDEX "execution_status_idx" ON "execution"("status");

-- CreateIndex
CREATE UNIQUE INDEX "execution_created_by_id_idempotency_key_key" ON "execution"("created_by_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "execution_scene_job_id_key" ON "execution_scene"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "execution_scene_execution_id_order_key" ON "execution_scene"("execution_id", "order");

-- CreateIndex
CREATE INDEX "execution_image_run_id_idx" ON "execution_image"("run_id");

-- CreateIndex
CREATE INDEX "execution_image_asset_id_idx" ON "execution_image"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "execution_image_execution_scene_id_variant_key" ON "execution_image"("execution_scene_id", "variant");

-- CreateIndex
CREATE UNIQUE INDEX "execution_transition_job_id_key" ON "execution_transition"("job_id");

-- CreateIndex
CREATE INDEX "execution_transition_run_id_idx" ON "execution_transition"("run_id");

-- CreateIndex
CREATE INDEX "execution_transition_asset_id_idx" ON "execution_transition"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "execution_transition_execution_id_order_key" ON "execution_transition"("execution_id", "order");

-- CreateIndex
CREATE INDEX "parent_job_project_id_idx" ON "parent_job"("project_id");

-- CreateIndex
CREATE INDEX "parent_job_created_by_id_idx" ON "parent_job"("created_by_id");

-- CreateIndex
CREATE INDEX "job_parent_id_id_idx" ON "job"("parent_id", "id");

-- AddForeignKey
ALTER TABLE "slot_prompt" ADD CONSTRAINT "slot_prompt_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_prompt" ADD CONSTRAINT "slot_prompt_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scene"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_prompt" ADD CONSTRAINT "slot_prompt_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "prompt_slot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "parent_job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_source_asset_id_fkey" FOREIGN KEY ("source_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_image_version_id_fkey" FOREIGN KEY ("image_version_id") REFERENCES "workflow_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_video_version_id_fkey" FOREIGN KEY ("video_version_id") REFERENCES "workflow_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_film_asset_id_fkey" FOREIGN KEY ("film_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_metadata_asset_id_fkey" FOREIGN KEY ("metadata_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_scene" ADD CONSTRAINT "execution_scene_execution_id_fkey" FOREIGN KEY ("execution_id") REFERENCES "execution"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_scene" ADD CONSTRAINT "execution_scene_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_image" ADD CONSTRAINT "execution_image_execution_scene_id_fkey" FOREIGN KEY ("execution_scene_id") REFERENCES "execution_scene"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_image" ADD CONSTRAINT "execution_image_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_image" ADD CONSTRAINT "execution_image_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_transition" ADD CONSTRAINT "execution_transition_execution_id_fkey" FOREIGN KEY ("execution_id") REFERENCES "execution"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_transition" ADD CONSTRAINT "execution_transition_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_transition" ADD CONSTRAINT "execution_transition_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution_transition" ADD CONSTRAINT "execution_transition_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "parent_job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parent_job" ADD CONSTRAINT "parent_job_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parent_job" ADD CONSTRAINT "parent_job_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
