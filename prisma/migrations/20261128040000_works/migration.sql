-- CreateEnum
CREATE TYPE "ChapterTranslationStatus" AS ENUM ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "TranslationPartStatus" AS ENUM ('PENDING', 'RUNNING', 'DONE', 'FAILED');

-- CreateTable
CREATE TABLE "work" (
    "id" UUID NOT NULL,
    "project_id" UUID,
    "title" TEXT NOT NULL,
    "author" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "target_language" TEXT NOT NULL,
    "glossary" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "work_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chapter" (
    "id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "character_count" INTEGER NOT NULL DEFAULT 0,
    "summary" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chapter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_prompt" (
    "id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "last_number" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "work_prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_version" (
    "id" UUID NOT NULL,
    "prompt_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_by_id" UUID NOT NULL,
    "reverted_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chapter_translation" (
    "id" UUID NOT NULL,
    "chapter_id" UUID NOT NULL,
    "target_language" TEXT NOT NULL,
    "status" "ChapterTranslationStatus" NOT NULL DEFAULT 'PENDING',
    "prompt_version_id" UUID,
    "model_snapshot" TEXT,
    "template_snapshot" TEXT,
    "parameters_snapshot" JSONB,
    "is_imported" BOOLEAN NOT NULL DEFAULT false,
    "legacy_prompt_name" TEXT,
    "error" JSONB,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" UUID NOT NULL,
    "idempotency_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "chapter_translation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "translation_part" (
    "translation_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "source_text" TEXT NOT NULL,
    "rendered_prompt" TEXT,
    "glue" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "status" "TranslationPartStatus" NOT NULL DEFAULT 'PENDING',
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "elapsed_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "translation_part_pkey" PRIMARY KEY ("translation_id","index")
);

-- CreateIndex
CREATE INDEX "work_project_id_idx" ON "work"("project_id");

-- CreateIndex
CREATE INDEX "work_created_by_id_idx" ON "work"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "chapter_work_id_number_key" ON "chapter"("work_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "work_prompt_work_id_key" ON "work_prompt"("work_id");

-- CreateIndex
CREATE INDEX "prompt_version_created_by_id_idx" ON "prompt_version"("created_by_id");

-- CreateIndex
CREATE INDEX "prompt_version_reverted_from_id_idx" ON "prompt_version"("reverted_from_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_version_prompt_id_number_key" ON "prompt_version"("prompt_id", "number");

-- CreateIndex
CREATE INDEX "chapter_translation_chapter_id_id_idx" ON "chapter_translation"("chapter_id", "id" DESC);

-- CreateIndex
CREATE INDEX "chapter_translation_prompt_version_id_idx" ON "chapter_translation"("prompt_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "chapter_translation_created_by_id_idempotency_key_key" ON "chapter_translation"("created_by_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chapter" ADD CONSTRAINT "chapter_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_prompt" ADD CONSTRAINT "work_prompt_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "work_prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_reverted_from_id_fkey" FOREIGN KEY ("reverted_from_id") REFERENCES "prompt_version"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chapter_translation" ADD CONSTRAINT "chapter_translation_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "chapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chapter_translation" ADD CONSTRAINT "chapter_translation_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chapter_translation" ADD CONSTRAINT "chapter_translation_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "translation_part" ADD CONSTRAINT "translation_part_translation_id_fkey" FOREIGN KEY ("translation_id") REFERENCES "chapter_translation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: a version says for ever what translations were made with, so the database itself keeps it.
-- \x3b is a semicolon: the engine that runs migrations cuts at each, also between dollars.
CREATE FUNCTION prompt_version_keep() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  RAISE EXCEPTION ''version % of a prompt can not be changed\x3b append another'', OLD."number"\x3b
END';

CREATE TRIGGER "prompt_version_update" BEFORE UPDATE ON "prompt_version" FOR EACH ROW
EXECUTE FUNCTION prompt_version_keep();
