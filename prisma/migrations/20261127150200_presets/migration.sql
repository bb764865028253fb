-- What people keep under a name for their next submission.

-- CreateEnum
CREATE TYPE "PresetKind" AS ENUM ('PROMPT', 'SETTINGS');

-- CreateTable
CREATE TABLE "preset" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "PresetKind" NOT NULL,
    "category" "WorkflowCategory" NOT NULL,
    "name" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "prompt_preset_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "preset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resolution_preset" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resolution_preset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "preset_user_id_kind_category_name_key" ON "preset"("user_id", "kind", "category", "name");

-- CreateIndex
CREATE INDEX "preset_prompt_preset_id_idx" ON "preset"("prompt_preset_id");

-- CreateIndex
CREATE UNIQUE INDEX "resolution_preset_key_key" ON "resolution_preset"("key");

-- CreateIndex
CREATE INDEX "resolution_preset_created_by_id_idx" ON "resolution_preset"("created_by_id");

-- AddForeignKey
ALTER TABLE "preset" ADD CONSTRAINT "preset_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preset" ADD CONSTRAINT "preset_prompt_preset_id_fkey" FOREIGN KEY ("prompt_preset_id") REFERENCES "preset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resolution_preset" ADD CONSTRAINT "resolution_preset_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
