-- AlterTable
ALTER TABLE "take" ADD COLUMN     "request_id" TEXT;

-- AlterTable
ALTER TABLE "execution" ADD COLUMN     "request_id" TEXT;

-- AlterTable
ALTER TABLE "scene_asset_picture" ADD COLUMN     "request_id" TEXT;
