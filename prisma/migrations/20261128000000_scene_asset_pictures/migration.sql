-- CreateEnum
CREATE TYPE "SceneAssetPictureStatus" AS ENUM ('PENDING', 'GENERATING', 'DONE', 'FAILED', 'CANCELED');

-- AlterTable
ALTER TABLE "project_story" ADD COLUMN     "asset_sizes" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "asset_workflow_id" UUID;

-- CreateTable
CREATE TABLE "scene_asset_picture" (
    "id" UUID NOT NULL,
    "scene_asset_id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "status" "SceneAssetPictureStatus" NOT NULL DEFAULT 'PENDING',
    "open_key" TEXT,
    "prompt" TEXT NOT NULL,
    "negative" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "workflow_version_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "choices_before" INTEGER NOT NULL,
    "job_id" UUID,
    "image_id" UUID,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scene_asset_picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "scene_asset_picture_open_key_key" ON "scene_asset_picture"("open_key");

-- CreateIndex
CREATE INDEX "scene_asset_picture_scene_asset_id_created_at_id_idx" ON "scene_asset_picture"("scene_asset_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "scene_asset_picture_scene_id_created_at_id_idx" ON "scene_asset_picture"("scene_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "scene_asset_picture_status_idx" ON "scene_asset_picture"("status");

-- CreateIndex
CREATE INDEX "scene_asset_picture_workflow_version_id_idx" ON "scene_asset_picture"("workflow_version_id");

-- CreateIndex
CREATE INDEX "scene_asset_picture_created_by_id_idx" ON "scene_asset_picture"("created_by_id");

-- CreateIndex
CREATE INDEX "scene_asset_picture_job_id_idx" ON "scene_asset_picture"("job_id");

-- CreateIndex
CREATE INDEX "scene_asset_picture_image_id_idx" ON "scene_asset_picture"("image_id");

-- CreateIndex
CREATE INDEX "project_story_asset_workflow_id_idx" ON "project_story"("asset_workflow_id");

-- AddForeignKey
ALTER TABLE "project_story" ADD CONSTRAINT "project_story_asset_workflow_id_fkey" FOREIGN KEY ("asset_workflow_id") REFERENCES "workflow"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_picture" ADD CONSTRAINT "scene_asset_picture_scene_asset_id_fkey" FOREIGN KEY ("scene_asset_id") REFERENCES "scene_asset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_picture" ADD CONSTRAINT "scene_asset_picture_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scene"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_picture" ADD CONSTRAINT "scene_asset_picture_workflow_version_id_fkey" FOREIGN KEY ("workflow_version_id") REFERENCES "workflow_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_picture" ADD CONSTRAINT "scene_asset_picture_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_picture" ADD CONSTRAINT "scene_asset_picture_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_picture" ADD CONSTRAINT "scene_asset_picture_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
