-- AlterTable
ALTER TABLE "workflow_version" ADD COLUMN     "recipe" TEXT;

-- CreateTable
CREATE TABLE "workflow_parameters" (
    "workflow_id" UUID NOT NULL,
    "edits" TEXT NOT NULL DEFAULT '[]',
    "effective" TEXT NOT NULL,

    CONSTRAINT "workflow_parameters_pkey" PRIMARY KEY ("workflow_id")
);

-- AddForeignKey
ALTER TABLE "workflow_parameters" ADD CONSTRAINT "workflow_parameters_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was found in the current version is what holds, as long as nobody has edited anything.
INSERT INTO "workflow_parameters" ("workflow_id", "effective")
SELECT w."id", v."parameters" FROM "workflow" w JOIN "workflow_version" v ON v."id" = w."current_version_id";
