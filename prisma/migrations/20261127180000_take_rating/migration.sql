-- AlterTable
ALTER TABLE "take" ADD COLUMN     "rating" SMALLINT;

ALTER TABLE "take" ADD CONSTRAINT "take_rating_check" CHECK ("rating" BETWEEN 1 AND 5);
