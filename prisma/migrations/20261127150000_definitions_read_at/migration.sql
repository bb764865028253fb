-- When a machine's definitions were read: what processes keep of them in memory holds until this changes.

-- AlterTable
ALTER TABLE "machine_definitions" ADD COLUMN     "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
