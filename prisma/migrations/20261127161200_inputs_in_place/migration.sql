-- AlterTable
ALTER TABLE "asset" ADD COLUMN     "is_in_place" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "source_modified_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "stage_on_submit" BOOLEAN NOT NULL DEFAULT true;
