-- AlterTable
ALTER TABLE "run" ADD COLUMN "choice_seed" DECIMAL(20,0);

-- CreateTable
CREATE TABLE "project_library" (
    "project_id" UUID NOT NULL,
    "library_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "project_library_pkey" PRIMARY KEY ("project_id","library_id")
);

-- CreateTable
CREATE TABLE "override_template" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "fragments" JSONB NOT NULL DEFAULT '[]',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "override_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "take_comparison" (
    "id" UUID NOT NULL,
    "scene_type_id" UUID NOT NULL,
    "character_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "seed" DECIMAL(20,0) NOT NULL,
    "winner" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_comparison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "take_variant" (
    "comparison_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "drafts" JSONB NOT NULL,
    "take_id" UUID NOT NULL,

    CONSTRAINT "take_variant_pkey" PRIMARY KEY ("comparison_id","index")
);

-- CreateIndex
CREATE INDEX "project_library_library_id_idx" ON "project_library"("library_id");

-- CreateIndex
CREATE UNIQUE INDEX "override_template_name_key" ON "override_template"("name");

-- CreateIndex
CREATE INDEX "override_template_created_by_id_idx" ON "override_template"("created_by_id");

-- CreateIndex
CREATE INDEX "take_comparison_scene_type_id_id_idx" ON "take_comparison"("scene_type_id", "id" DESC);

-- CreateIndex
CREATE INDEX "take_comparison_character_id_id_idx" ON "take_comparison"("character_id", "id" DESC);

-- CreateIndex
CREATE INDEX "take_comparison_created_by_id_idx" ON "take_comparison"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_variant_take_id_key" ON "take_variant"("take_id");

-- AddForeignKey
ALTER TABLE "project_library" ADD CONSTRAINT "project_library_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_library" ADD CONSTRAINT "project_library_library_id_fkey" FOREIGN KEY ("library_id") REFERENCES "library"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "override_template" ADD CONSTRAINT "override_template_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_comparison" ADD CONSTRAINT "take_comparison_scene_type_id_fkey" FOREIGN KEY ("scene_type_id") REFERENCES "scene_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_comparison" ADD CONSTRAINT "take_comparison_character_id_fkey" FOREIGN KEY ("character_id") REFERENCES "character"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_comparison" ADD CONSTRAINT "take_comparison_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_variant" ADD CONSTRAINT "take_variant_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "take_comparison"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_variant" ADD CONSTRAINT "take_variant_take_id_fkey" FOREIGN KEY ("take_id") REFERENCES "take"("id") ON DELETE CASCADE ON UPDATE CASCADE;
