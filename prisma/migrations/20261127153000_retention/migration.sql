-- AlterTable
ALTER TABLE "asset" ADD COLUMN "removed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "blob" ADD COLUMN "removed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "cleanup" (
    "id" UUID NOT NULL,
    "started_by_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "files" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cleanup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cleanup_item" (
    "id" UUID NOT NULL,
    "cleanup_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "AssetKind",
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cleanup_item_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cleanup_started_by_id_idx" ON "cleanup"("started_by_id");

-- CreateIndex
CREATE INDEX "cleanup_item_cleanup_id_id_idx" ON "cleanup_item"("cleanup_id", "id");

-- AddForeignKey
ALTER TABLE "cleanup" ADD CONSTRAINT "cleanup_started_by_id_fkey" FOREIGN KEY ("started_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cleanup_item" ADD CONSTRAINT "cleanup_item_cleanup_id_fkey" FOREIGN KEY ("cleanup_id") REFERENCES "cleanup"("id") ON DELETE CASCADE ON UPDATE CASCADE;
