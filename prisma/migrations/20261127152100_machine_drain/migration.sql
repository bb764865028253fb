-- AlterTable
ALTER TABLE "machine" ADD COLUMN "is_draining" BOOLEAN NOT NULL DEFAULT false;
