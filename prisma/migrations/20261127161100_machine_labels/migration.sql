-- AlterTable
ALTER TABLE "job" ADD COLUMN     "required_labels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "machine" ADD COLUMN     "labels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "required_labels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "required_labels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
