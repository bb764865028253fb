-- CreateEnum
CREATE TYPE "AutoPromptStage" AS ENUM ('CAPTION', 'MOTION', 'BOTH');

-- CreateEnum
CREATE TYPE "AutoPromptStatus" AS ENUM ('PENDING', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "AutoPromptItemStatus" AS ENUM ('PENDING', 'CAPTIONING', 'WRITING', 'DONE', 'FAILED', 'CANCELED');

-- CreateTable
CREATE TABLE "auto_prompt" (
    "id" UUID NOT NULL,
    "stage" "AutoPromptStage" NOT NULL,
    "status" "AutoPromptStatus" NOT NULL DEFAULT 'PENDING',
    "workflow_version_id" UUID,
    "project_id" UUID,
    "created_by_id" UUID NOT NULL,
    "caption_prompt" TEXT NOT NULL,
    "motion_prompt" TEXT NOT NULL,
    "clips" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "auto_prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auto_prompt_item" (
    "auto_prompt_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "asset_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "status" "AutoPromptItemStatus" NOT NULL DEFAULT 'PENDING',
    "caption" TEXT,
    "motion_prompt" TEXT,
    "clips" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "caption_model" TEXT,
    "motion_model" TEXT,
    "elapsed_ms" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,

    CONSTRAINT "auto_prompt_item_pkey" PRIMARY KEY ("auto_prompt_id","index")
);

-- CreateTable
CREATE TABLE "system_prompt" (
    "purpose" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "system_prompt_pkey" PRIMARY KEY ("purpose")
);

-- CreateIndex
CREATE INDEX "auto_prompt_workflow_version_id_idx" ON "auto_prompt"("workflow_version_id");

-- CreateIndex
CREATE INDEX "auto_prompt_project_id_idx" ON "auto_prompt"("project_id");

-- CreateIndex
CREATE INDEX "auto_prompt_created_by_id_id_idx" ON "auto_prompt"("created_by_id", "id" DESC);

-- CreateIndex
CREATE INDEX "auto_prompt_item_asset_id_idx" ON "auto_prompt_item"("asset_id");

-- AddForeignKey
ALTER TABLE "auto_prompt" ADD CONSTRAINT "auto_prompt_workflow_version_id_fkey" FOREIGN KEY ("workflow_version_id") REFERENCES "workflow_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_prompt" ADD CONSTRAINT "auto_prompt_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_prompt" ADD CONSTRAINT "auto_prompt_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_prompt_item" ADD CONSTRAINT "auto_prompt_item_auto_prompt_id_fkey" FOREIGN KEY ("auto_prompt_id") REFERENCES "auto_prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_prompt_item" ADD CONSTRAINT "auto_prompt_item_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
