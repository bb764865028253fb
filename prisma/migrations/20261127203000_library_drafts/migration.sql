-- AlterTable
ALTER TABLE "library" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "library_draft" (
    "id" UUID NOT NULL,
    "library_id" UUID,
    "project_id" UUID,
    "created_by_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "delimiter" TEXT NOT NULL,
    "max_depth" INTEGER NOT NULL,
    "entries" JSONB NOT NULL,
    "base" JSONB NOT NULL,
    "base_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "library_draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "library_draft_created_by_id_idx" ON "library_draft"("created_by_id");

-- CreateIndex
CREATE INDEX "library_draft_library_id_idx" ON "library_draft"("library_id");

-- CreateIndex
CREATE INDEX "library_draft_project_id_idx" ON "library_draft"("project_id");

-- CreateIndex
CREATE INDEX "library_draft_expires_at_idx" ON "library_draft"("expires_at");

-- AddForeignKey
ALTER TABLE "library_draft" ADD CONSTRAINT "library_draft_library_id_fkey" FOREIGN KEY ("library_id") REFERENCES "library"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_draft" ADD CONSTRAINT "library_draft_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_draft" ADD CONSTRAINT "library_draft_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
