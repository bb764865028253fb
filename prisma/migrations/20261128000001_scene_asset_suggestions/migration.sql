-- CreateEnum
CREATE TYPE "SceneAssetSuggestionStatus" AS ENUM ('OPEN', 'ACCEPTED', 'IGNORED');

-- CreateTable
CREATE TABLE "scene_asset_suggestion" (
    "id" UUID NOT NULL,
    "scene_id" UUID NOT NULL,
    "project_asset_id" UUID,
    "type" "ProjectAssetType" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "status_tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reason" TEXT NOT NULL,
    "status" "SceneAssetSuggestionStatus" NOT NULL DEFAULT 'OPEN',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scene_asset_suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "scene_asset_suggestion_scene_id_type_name_key" ON "scene_asset_suggestion"("scene_id", "type", "name");

-- CreateIndex
CREATE INDEX "scene_asset_suggestion_project_asset_id_idx" ON "scene_asset_suggestion"("project_asset_id");

-- AddForeignKey
ALTER TABLE "scene_asset_suggestion" ADD CONSTRAINT "scene_asset_suggestion_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scene"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_asset_suggestion" ADD CONSTRAINT "scene_asset_suggestion_project_asset_id_fkey" FOREIGN KEY ("project_asset_id") REFERENCES "project_asset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
