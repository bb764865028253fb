-- AlterTable
ALTER TABLE "scene" ADD COLUMN     "depth_type" TEXT,
ADD COLUMN     "height" INTEGER,
ADD COLUMN     "loras" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "mask_type" TEXT,
ADD COLUMN     "pose_name" TEXT,
ADD COLUMN     "width" INTEGER;

-- CreateTable
CREATE TABLE "prompt_collection" (
    "id" UUID NOT NULL,
    "scene_id" UUID,
    "branch_id" UUID,
    "prompts" JSONB NOT NULL DEFAULT '[]',
    "compositions" JSONB NOT NULL DEFAULT '[]',
    "separator" TEXT NOT NULL DEFAULT ', ',
    "available_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "v1_backup" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompt_collection_pkey" PRIMARY KEY ("id"),
    -- By hand: it belongs to a scene or to a branch.
    CONSTRAINT "prompt_collection_owner_check" CHECK (num_nonnulls("scene_id", "branch_id") = 1)
);

-- CreateIndex
CREATE UNIQUE INDEX "prompt_collection_scene_id_key" ON "prompt_collection"("scene_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_collection_branch_id_key" ON "prompt_collection"("branch_id");

-- AddForeignKey
ALTER TABLE "prompt_collection" ADD CONSTRAINT "prompt_collection_scene_id_fkey" FOREIGN KEY ("scene_id") REFERENCES "scene"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_collection" ADD CONSTRAINT "prompt_collection_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: the backup of version 1 is what nothing gets lost from, so the database itself keeps it. Once set it is never
-- written again, its collection stays where it is, and both go only with the scene or branch that they belong to.
-- \x3b is a semicolon: the engine that runs migrations cuts at each, also between dollars.
CREATE FUNCTION prompt_collection_keep_backup() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = ''DELETE'' THEN
    IF EXISTS (SELECT FROM "scene" WHERE "id" = OLD."scene_id") OR EXISTS (SELECT FROM "branch" WHERE "id" = OLD."branch_id") THEN
      RAISE EXCEPTION ''the backup of version 1 of prompt collection % is kept as long as its scene or branch'', OLD."id"\x3b
    END IF\x3b
    RETURN OLD\x3b
  END IF\x3b
  RAISE EXCEPTION ''the backup of version 1 of prompt collection % can not be changed'', OLD."id"\x3b
END';

CREATE TRIGGER "prompt_collection_backup_update" BEFORE UPDATE ON "prompt_collection" FOR EACH ROW
WHEN (OLD."v1_backup" IS NOT NULL AND (
  NEW."v1_backup", NEW."id", NEW."scene_id", NEW."branch_id") IS DISTINCT FROM (OLD."v1_backup", OLD."id", OLD."scene_id", OLD."branch_id"))
EXECUTE FUNCTION prompt_collection_keep_backup();

CREATE TRIGGER "prompt_collection_backup_delete" BEFORE DELETE ON "prompt_collection" FOR EACH ROW
WHEN (OLD."v1_backup" IS NOT NULL) EXECUTE FUNCTION prompt_collection_keep_backup();
