-- CreateEnum
CREATE TYPE "SceneStatus" AS ENUM ('SCRIPT', 'ASSETS', 'READY', 'RENDERED');

-- CreateEnum
CREATE TYPE "ProjectAssetType" AS ENUM ('CHARACTER', 'LOCATION', 'PROP');

-- CreateEnum
CREATE TYPE "SceneAssetField" AS ENUM ('DESCRIPTION', 'TAGS', 'IMAGE', 'CARRY_FORWARD', 'LOCKED');

-- CreateEnum
CREATE TYPE "SceneAssetOrigin" AS ENUM ('PERSON', 'GENERATION', 'INHERITANCE');

-- CreateTable
CREATE TABLE "project_story" (
    "project_id" UUID NOT NULL,
    "main_branch_id" UUID NOT NULL,
    "active_branch_id" UUID NOT NULL,
    "locked_style_id" UUID,

    CONSTRAINT "project_story_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "branch" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "forked_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "branch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scene" (
    "id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "script_excerpt" TEXT NOT NULL DEFAULT '',
    "shots" JSONB NOT NULL DEFAULT '[]',
    "end_state_summary" TEXT,
    "end_frame_id" UUID,
    "status" "SceneStatus" NOT NULL DEFAULT 'SCRIPT',
    "forked_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scene_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_asset" (
    "id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "type" "ProjectAssetType" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "image_id" UUID,
    "is_locked" BOOLEAN NOT NULL DEFAULT false,
    "is_deferred" BOOLEAN NOT NULL DEFAULT false,
    "library_asset_id" UUID,
    "forked_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visual_style" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prompt" TEXT NOT NULL DEFAULT '',
    "negative" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visual_style_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visual_style_image" (
    "style_id" UUID NOT NULL,
    "asset_id" UUID NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "visual_style_image_pkey" PRIMARY KEY ("style_id","asset_id")
);

-- CreateTable
CREATE TABLE "library_asset" (
    "id" UUID NOT NULL,
    "type" "ProjectAssetType" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "image_id" UUID,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "library_asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scene_asset" (
    "id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "project_asset_id" UUID NOT NULL,
    "description_override" TEXT,
    "image_id" UUID,
    "status_tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "carry_forward" BOOLEAN NOT NULL DEFAULT true,
    "is_locked" BOOLEAN NOT NULL DEFAULT false,
    "inherited_from_id" UUID,
    "inherited_from_number" INTEGER,
    "forked_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scene_asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scene_asset_change" (
    "id" UUID NOT NULL,
    "scene_asset_id" UUID NOT NULL,
    "field" "SceneAssetField" NOT NULL,
    "origin" "SceneAssetOrigin" NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scene_asset_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "project_story_main_branch_id_key" ON "project_story"("main_branch_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_story_active_branch_id_key" ON "project_story"("active_branch_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_story_locked_style_id_key" ON "project_story"("locked_style_id");

-- CreateIndex
CREATE UNIQUE INDEX "branch_project_id_name_key" ON "branch"("project_id", "name");

-- CreateIndex
CREATE INDEX "scene_end_frame_id_idx" ON "scene"("end_frame_id");

-- CreateIndex
CREATE UNIQUE INDEX "scene_branch_id_number_key" ON "scene"("branch_id", "number");

-- CreateIndex
CREATE INDEX "project_asset_image_id_idx" ON "project_asset"("image_id");

-- CreateIndex
CREATE INDEX "project_asset_library_asset_id_idx" ON "project_asset"("library_asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_asset_branch_id_type_name_key" ON "project_asset"("branch_id", "type", "name");

-- CreateIndex
CREATE UNIQUE INDEX "visual_style_project_id_name_key" ON "visual_style"("project_id", "name");

-- CreateIndex
CREATE INDEX "visual_style_image_asset_id_idx" ON "visual_style_image"("asset_id");

-- CreateIndex
CREATE INDEX "library_asset_image_id_idx" ON "library_asset"("image_id");

-- CreateIndex
CREATE INDEX "library_asset_created_by_id_idx" ON "library_asset"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "library_asset_type_name_key" ON "library_asset"("type", "name");

-- CreateIndex
CREATE INDEX "scene_asset_project_asset_id_idx" ON "scene_asset"("project_asset_id");

-- CreateIndex
CREATE INDEX "scene_asset_image_id_idx" ON "scene_asset"("image_id");

-- CreateIndex
CREATE UNIQUE INDEX "scene_asset_scene_id_project_asset_id_key" ON "scene_asset"("scene_id", "project_asset_id");

-- CreateIndex
CREATE INDEX "scene_asset_change_scene_asset_id_created_at_id_idx" ON "scene_asset_change"("scene_asset_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "scene_asset_change_user_id_idx" ON "scene_asset_change"("user_id");

-- AddForeignKey
ALTER TABLE "project_story" ADD CONSTRAINT "project_story_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_story" ADD CONSTRAINT "project_story_main_branch_id_fkey" FOREIGN KEY ("main_branch_id") REFERENCES "branch"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_story" ADD CONSTRAINT "project_story_active_branch_id_fkey" FOREIGN KEY ("active_branch_id") REFERENCES "branch"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_story" ADD CONSTRAINT "project_story_locked_style_id_fkey" FOREIGN KEY ("locked_style_id") REFERENCES "visual_style"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "branch" ADD CONSTRAINT "branch_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene" ADD CONSTRAINT "scene_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene" ADD CONSTRAINT "scene_end_frame_id_fkey" FOREIGN KEY ("end_frame_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_asset" ADD CONSTRAINT "project_asset_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_asset" ADD CONSTRAINT "project_asset_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_asset" ADD CONSTRAINT "project_asset_library_asset_id_fkey" FOREIGN KEY ("library_asset_id") REFERENCES "library_asset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visual_style" ADD CONSTRAINT "visual_style_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visual_style_image" ADD CONSTRAINT "visual_style_image_style_id_fkey" FOREIGN KEY ("style_id") REFERENCES "visual_style"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visual_style_image" ADD CONSTRAINT "visual_style_image_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_asset" ADD CONSTRAINT "library_asset_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_asset" ADD CONSTRAINT "library_asset_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset" ADD CONSTRAINT "scene_asset_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scene"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset" ADD CONSTRAINT "scene_asset_project_asset_id_fkey" FOREIGN KEY ("project_asset_id") REFERENCES "project_asset"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset" ADD CONSTRAINT "scene_asset_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_change" ADD CONSTRAINT "scene_asset_change_scene_asset_id_fkey" FOREIGN KEY ("scene_asset_id") REFERENCES "scene_asset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_change" ADD CONSTRAINT "scene_asset_change_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
