-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('ADMIN', 'CREATOR', 'VIEWER');

-- CreateEnum
CREATE TYPE "AssetKind" AS ENUM ('UPLOAD', 'STAGED', 'OUTPUT', 'THUMBNAIL');

-- CreateEnum
CREATE TYPE "GenerationStrategy" AS ENUM ('PLATFORM_ORCHESTRATED', 'WORKFLOW_MANAGED');

-- CreateEnum
CREATE TYPE "ClipPosition" AS ENUM ('FULL_CLIP', 'START_CLIP', 'CONTINUATION_CLIP');

-- CreateEnum
CREATE TYPE "OverrideScope" AS ENUM ('PROJECT', 'GROUP', 'CHARACTER');

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('PENDING', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('PENDING', 'CLAIMED', 'SUBMITTED', 'RUNNING', 'COLLECTING', 'SUCCEEDED', 'FAILED', 'CANCELING', 'CANCELED');

-- CreateEnum
CREATE TYPE "SeedMode" AS ENUM ('RANDOM', 'FIXED', 'INCREMENT');

-- CreateEnum
CREATE TYPE "TakeStatus" AS ENUM ('PENDING', 'GENERATING', 'REVIEW', 'APPROVED', 'REJECTED', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "ArtifactKind" AS ENUM ('CHUNK', 'INTERPOLATED', 'UPSCALED', 'FINAL');

-- CreateEnum
CREATE TYPE "WorkflowCategory" AS ENUM ('VIDEO_GEN', 'IMAGE_GEN', 'VIDEO_UPSCALE', 'IMAGE_UPSCALE', 'OTHER');

-- CreateEnum
CREATE TYPE "WorkflowStatus" AS ENUM ('DRAFT', 'TESTED', 'PRODUCTION');

-- CreateEnum
CREATE TYPE "InputKind" AS ENUM ('IMAGE', 'VIDEO', 'NONE');

-- CreateEnum
CREATE TYPE "SlotType" AS ENUM ('POSITIVE', 'NEGATIVE');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'VIEWER',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob" (
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "mime" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "duration_secs" DOUBLE PRECISION,
    "fps" DOUBLE PRECISION,
    "thumbnail_sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "asset" (
    "id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "kind" "AssetKind" NOT NULL,
    "folder" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "source_path" TEXT,
    "project_id" UUID,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "filename" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "mime" TEXT,
    "project_id" UUID,
    "created_by_id" UUID NOT NULL,
    "received_bytes" BIGINT,
    "sha256" TEXT,
    "asset_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- array_to_string is only STABLE and a generated column wants IMMUTABLE (for text[] it is). Scripts are split at every semicolon, so functions here are single statements.
CREATE FUNCTION fragment_document(body TEXT, description TEXT, category TEXT, tags TEXT[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('simple', body), 'A')
        || setweight(to_tsvector('simple', coalesce(array_to_string(tags, ' '), '') || ' ' || coalesce(category, '')), 'B')
        || setweight(to_tsvector('simple', coalesce(description, '')), 'C')
$$;

-- CreateTable
CREATE TABLE "fragment" (
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "description" TEXT,
    "category" TEXT,
    "tags" TEXT[],
    "usage_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "search" tsvector GENERATED ALWAYS AS (fragment_document("text", "description", "category", "tags")) STORED,

    CONSTRAINT "fragment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fragment_pin" (
    "fragment_id" UUID NOT NULL,
    "scene_type_id" UUID NOT NULL,

    CONSTRAINT "fragment_pin_pkey" PRIMARY KEY ("fragment_id","scene_type_id")
);

-- CreateTable
CREATE TABLE "library" (
    "id" UUID NOT NULL,
    "project_id" UUID,
    "name" TEXT NOT NULL,
    "delimiter" TEXT NOT NULL DEFAULT '%',
    "max_depth" INTEGER NOT NULL DEFAULT 10,
    "entries" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "library_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "machine" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "api_key" TEXT,
    "pools" TEXT[],
    "concurrency" INTEGER NOT NULL DEFAULT 1,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "is_simulator" BOOLEAN NOT NULL DEFAULT false,
    "is_reachable" BOOLEAN NOT NULL DEFAULT false,
    "version" TEXT,
    "gpu_name" TEXT,
    "vram_total_bytes" BIGINT,
    "vram_free_bytes" BIGINT,
    "queue_depth" INTEGER,
    "last_seen_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "unreachable_since" TIMESTAMPTZ(3),
    "failure_streak" INTEGER NOT NULL DEFAULT 0,
    "suspended_until" TIMESTAMPTZ(3),
    "last_version_id" UUID,
    "definitions_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "machine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "machine_definitions" (
    "machine_id" UUID NOT NULL,
    "object_info" JSONB NOT NULL,

    CONSTRAINT "machine_definitions_pkey" PRIMARY KEY ("machine_id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_pause" (
    "scope" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_pause_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_member" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "project_member_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "scene_type" (
    "id" UUID NOT NULL,
    "project_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "workflow_version_id" UUID NOT NULL,
    "generation_strategy" "GenerationStrategy" NOT NULL DEFAULT 'PLATFORM_ORCHESTRATED',
    "expected_chunks" INTEGER,
    "chunk_output_pattern" TEXT,
    "fragment_separator" TEXT NOT NULL DEFAULT ', ',
    "target_duration_secs" DOUBLE PRECISION,
    "segment_duration_secs" DOUBLE PRECISION,
    "duration_tolerance_secs" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scene_type_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scene_prompt_default" (
    "id" UUID NOT NULL,
    "scene_type_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "clip_position" "ClipPosition" NOT NULL DEFAULT 'FULL_CLIP',
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scene_prompt_default_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "character_group" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "character_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "character" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "group_id" UUID,
    "name" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "character_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "character_image" (
    "character_id" UUID NOT NULL,
    "asset_id" UUID NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "character_image_pkey" PRIMARY KEY ("character_id","asset_id")
);

-- CreateTable
CREATE TABLE "prompt_override" (
    "id" UUID NOT NULL,
    "scope" "OverrideScope" NOT NULL,
    "target_id" UUID NOT NULL,
    "project_id" UUID,
    "group_id" UUID,
    "character_id" UUID,
    "scene_type_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "text" TEXT,
    "fragments" JSONB NOT NULL DEFAULT '[]',
    "notes" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompt_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "workflow_version_id" UUID NOT NULL,
    "project_id" UUID,
    "created_by_id" UUID NOT NULL,
    "pool" TEXT NOT NULL DEFAULT 'default',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "params" JSONB NOT NULL DEFAULT '{}',
    "seed_mode" "SeedMode" NOT NULL DEFAULT 'RANDOM',
    "allow_partial" BOOLEAN NOT NULL DEFAULT false,
    "timeout_secs" INTEGER NOT NULL DEFAULT 3600,
    "idempotency_key" TEXT,
    "payload_hash" TEXT,
    "total" INTEGER NOT NULL DEFAULT 0,
    "pending" INTEGER NOT NULL DEFAULT 0,
    "active" INTEGER NOT NULL DEFAULT 0,
    "canceling" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "canceled" INTEGER NOT NULL DEFAULT 0,
    "status" "JobStatus" NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN "active" + "canceling" > 0 THEN 'RUNNING'::"JobStatus"
            WHEN "pending" > 0 AND "is_paused" THEN 'PAUSED'::"JobStatus"
            WHEN "pending" > 0 THEN 'PENDING'::"JobStatus"
            WHEN "succeeded" = "total" THEN 'SUCCEEDED'::"JobStatus"
            WHEN "canceled" = "total" THEN 'CANCELED'::"JobStatus"
            WHEN "succeeded" > 0 THEN 'PARTIAL'::"JobStatus"
            WHEN "failed" > 0 THEN 'FAILED'::"JobStatus"
            ELSE 'CANCELED'::"JobStatus"
        END
    ) STORED,
    "actionable_rank" SMALLINT NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN "active" + "canceling" > 0 THEN 0
            WHEN "pending" > 0 AND "is_paused" THEN 4
            WHEN "pending" > 0 THEN 3
            WHEN "succeeded" = "total" THEN 6
            WHEN "canceled" = "total" THEN 5
            WHEN "succeeded" > 0 THEN 2
            WHEN "failed" > 0 THEN 1
            ELSE 5
        END
    ) STORED,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'PENDING',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "transient_failures" INTEGER NOT NULL DEFAULT 0,
    "pool" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID NOT NULL,
    "machine_id" UUID,
    "worker_id" UUID,
    "comfy_prompt_id" UUID,
    "posted_at" TIMESTAMPTZ(3),
    "excluded_machine_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "not_before" TIMESTAMPTZ(3),
    "try_index" INTEGER NOT NULL DEFAULT 0,
    "seed" DECIMAL(20,0),
    "input_asset_id" UUID,
    "output_prefix" TEXT NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "current_node" TEXT,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "executed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_graph" (
    "run_id" UUID NOT NULL,
    "json" TEXT NOT NULL,
    "prompts" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "run_graph_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "run_output" (
    "run_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "asset_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "machine_filename" TEXT NOT NULL,

    CONSTRAINT "run_output_pkey" PRIMARY KEY ("run_id","index")
);

-- CreateTable
CREATE UNLOGGED TABLE "run_preview" (
    "run_id" UUID NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_preview_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "take" (
    "id" UUID NOT NULL,
    "scene_type_id" UUID NOT NULL,
    "character_id" UUID NOT NULL,
    "job_id" UUID,
    "input_asset_id" UUID,
    "created_by_id" UUID NOT NULL,
    "status" "TakeStatus" NOT NULL DEFAULT 'PENDING',
    "seed" DECIMAL(20,0),
    "snapshot" JSONB NOT NULL,
    "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "take_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifact" (
    "id" UUID NOT NULL,
    "take_id" UUID NOT NULL,
    "kind" "ArtifactKind" NOT NULL,
    "sequence_index" INTEGER,
    "asset_id" UUID NOT NULL,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "category" "WorkflowCategory" NOT NULL,
    "status" "WorkflowStatus" NOT NULL DEFAULT 'DRAFT',
    "input_kind" "InputKind" NOT NULL,
    "current_version_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workflow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_version" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "node_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_graph" (
    "version_id" UUID NOT NULL,
    "json" TEXT NOT NULL,

    CONSTRAINT "workflow_graph_pkey" PRIMARY KEY ("version_id")
);

-- CreateTable
CREATE TABLE "prompt_slot" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "input_name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "slot_type" "SlotType" NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "is_user_editable" BOOLEAN NOT NULL DEFAULT true,
    "description" TEXT,
    "edited_default_text" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompt_slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_slot_text" (
    "version_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "default_text" TEXT,
    "is_linked" BOOLEAN NOT NULL,

    CONSTRAINT "prompt_slot_text_pkey" PRIMARY KEY ("version_id","slot_id")
);

-- CreateIndex
CREATE INDEX "blob_thumbnail_sha256_idx" ON "blob"("thumbnail_sha256");

-- CreateIndex
CREATE INDEX "asset_sha256_idx" ON "asset"("sha256");

-- CreateIndex
CREATE INDEX "asset_project_id_idx" ON "asset"("project_id");

-- CreateIndex
CREATE INDEX "asset_created_by_id_idx" ON "asset"("created_by_id");

-- CreateIndex
CREATE INDEX "asset_kind_id_idx" ON "asset"("kind", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "asset_folder_filename_key" ON "asset"("folder", "filename");

-- CreateIndex
CREATE INDEX "upload_project_id_idx" ON "upload"("project_id");

-- CreateIndex
CREATE INDEX "upload_created_by_id_idx" ON "upload"("created_by_id");

-- CreateIndex
CREATE INDEX "upload_expires_at_idx" ON "upload"("expires_at");

-- CreateIndex
CREATE INDEX "fragment_usage_count_id_idx" ON "fragment"("usage_count" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "fragment_category_idx" ON "fragment"("category");

-- CreateIndex
CREATE INDEX "fragment_tags_idx" ON "fragment" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "fragment_pin_scene_type_id_idx" ON "fragment_pin"("scene_type_id");

-- CreateIndex
CREATE UNIQUE INDEX "library_project_id_name_key" ON "library"("project_id", "name") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "machine_name_key" ON "machine"("name");

-- CreateIndex
CREATE UNIQUE INDEX "machine_url_key" ON "machine"("url");

-- CreateIndex
CREATE INDEX "machine_last_version_id_idx" ON "machine"("last_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_name_key" ON "project"("name");

-- CreateIndex
CREATE INDEX "project_member_user_id_idx" ON "project_member"("user_id");

-- CreateIndex
CREATE INDEX "scene_type_workflow_version_id_idx" ON "scene_type"("workflow_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "scene_type_project_id_name_key" ON "scene_type"("project_id", "name") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "scene_prompt_default_slot_id_idx" ON "scene_prompt_default"("slot_id");

-- CreateIndex
CREATE UNIQUE INDEX "scene_prompt_default_scene_type_id_slot_id_clip_position_key" ON "scene_prompt_default"("scene_type_id", "slot_id", "clip_position");

-- CreateIndex
CREATE UNIQUE INDEX "character_group_project_id_name_key" ON "character_group"("project_id", "name");

-- CreateIndex
CREATE INDEX "character_group_id_idx" ON "character"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "character_project_id_name_key" ON "character"("project_id", "name");

-- CreateIndex
CREATE INDEX "character_image_asset_id_idx" ON "character_image"("asset_id");

-- CreateIndex
CREATE INDEX "prompt_override_scene_type_id_idx" ON "prompt_override"("scene_type_id");

-- CreateIndex
CREATE INDEX "prompt_override_slot_id_idx" ON "prompt_override"("slot_id");

-- CreateIndex
CREATE INDEX "prompt_override_project_id_idx" ON "prompt_override"("project_id");

-- CreateIndex
CREATE INDEX "prompt_override_group_id_idx" ON "prompt_override"("group_id");

-- CreateIndex
CREATE INDEX "prompt_override_character_id_idx" ON "prompt_override"("character_id");

-- CreateIndex
CREATE INDEX "prompt_override_created_by_id_idx" ON "prompt_override"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_override_target_id_scene_type_id_slot_id_key" ON "prompt_override"("target_id", "scene_type_id", "slot_id");

-- CreateIndex
CREATE INDEX "job_workflow_version_id_idx" ON "job"("workflow_version_id");

-- CreateIndex
CREATE INDEX "job_project_id_id_idx" ON "job"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "job_actionable_rank_id_idx" ON "job"("actionable_rank", "id" DESC);

-- CreateIndex
CREATE INDEX "job_status_id_idx" ON "job"("status", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "job_created_by_id_idempotency_key_key" ON "job"("created_by_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "run_comfy_prompt_id_key" ON "run"("comfy_prompt_id");

-- CreateIndex
CREATE INDEX "run_machine_id_idx" ON "run"("machine_id");

-- CreateIndex
CREATE INDEX "run_worker_id_idx" ON "run"("worker_id");

-- CreateIndex
CREATE INDEX "run_input_asset_id_idx" ON "run"("input_asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_job_id_index_key" ON "run"("job_id", "index");

-- CreateIndex
CREATE INDEX "run_output_asset_id_idx" ON "run_output"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_job_id_key" ON "take"("job_id");

-- CreateIndex
CREATE INDEX "take_scene_type_id_id_idx" ON "take"("scene_type_id", "id" DESC);

-- CreateIndex
CREATE INDEX "take_character_id_id_idx" ON "take"("character_id", "id" DESC);

-- CreateIndex
CREATE INDEX "take_input_asset_id_idx" ON "take"("input_asset_id");

-- CreateIndex
CREATE INDEX "take_created_by_id_idx" ON "take"("created_by_id");

-- CreateIndex
CREATE INDEX "artifact_asset_id_idx" ON "artifact"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "artifact_take_id_asset_id_key" ON "artifact"("take_id", "asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_name_key" ON "workflow"("name");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_current_version_id_key" ON "workflow"("current_version_id");

-- CreateIndex
CREATE INDEX "workflow_category_status_idx" ON "workflow"("category", "status");

-- CreateIndex
CREATE INDEX "workflow_version_content_hash_idx" ON "workflow_version"("content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_version_workflow_id_number_key" ON "workflow_version"("workflow_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_version_workflow_id_content_hash_key" ON "workflow_version"("workflow_id", "content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_slot_workflow_id_node_id_input_name_key" ON "prompt_slot"("workflow_id", "node_id", "input_name");

-- CreateIndex
CREATE INDEX "prompt_slot_text_slot_id_idx" ON "prompt_slot_text"("slot_id");

-- AddForeignKey
ALTER TABLE "blob" ADD CONSTRAINT "blob_thumbnail_sha256_fkey" FOREIGN KEY ("thumbnail_sha256") REFERENCES "blob"("sha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset" ADD CONSTRAINT "asset_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset" ADD CONSTRAINT "asset_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset" ADD CONSTRAINT "asset_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fragment_pin" ADD CONSTRAINT "fragment_pin_fragment_id_fkey" FOREIGN KEY ("fragment_id") REFERENCES "fragment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fragment_pin" ADD CONSTRAINT "fragment_pin_scene_type_id_fkey" FOREIGN KEY ("scene_type_id") REFERENCES "scene_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library" ADD CONSTRAINT "library_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "machine" ADD CONSTRAINT "machine_last_version_id_fkey" FOREIGN KEY ("last_version_id") REFERENCES "workflow_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "machine_definitions" ADD CONSTRAINT "machine_definitions_machine_id_fkey" FOREIGN KEY ("machine_id") REFERENCES "machine"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_type" ADD CONSTRAINT "scene_type_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_type" ADD CONSTRAINT "scene_type_workflow_version_id_fkey" FOREIGN KEY ("workflow_version_id") REFERENCES "workflow_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_prompt_default" ADD CONSTRAINT "scene_prompt_default_scene_type_id_fkey" FOREIGN KEY ("scene_type_id") REFERENCES "scene_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_prompt_default" ADD CONSTRAINT "scene_prompt_default_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "prompt_slot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "character_group" ADD CONSTRAINT "character_group_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "character" ADD CONSTRAINT "character_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "character" ADD CONSTRAINT "character_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "character_group"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "character_image" ADD CONSTRAINT "character_image_character_id_fkey" FOREIGN KEY ("character_id") REFERENCES "character"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "character_image" ADD CONSTRAINT "character_image_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "character_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_character_id_fkey" FOREIGN KEY ("character_id") REFERENCES "character"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_scene_type_id_fkey" FOREIGN KEY ("scene_type_id") REFERENCES "scene_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "prompt_slot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_workflow_version_id_fkey" FOREIGN KEY ("workflow_version_id") REFERENCES "workflow_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_machine_id_fkey" FOREIGN KEY ("machine_id") REFERENCES "machine"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_input_asset_id_fkey" FOREIGN KEY ("input_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_graph" ADD CONSTRAINT "run_graph_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_output" ADD CONSTRAINT "run_output_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_output" ADD CONSTRAINT "run_output_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_preview" ADD CONSTRAINT "run_preview_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_scene_type_id_fkey" FOREIGN KEY ("scene_type_id") REFERENCES "scene_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_character_id_fkey" FOREIGN KEY ("character_id") REFERENCES "character"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_input_asset_id_fkey" FOREIGN KEY ("input_asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_take_id_fkey" FOREIGN KEY ("take_id") REFERENCES "take"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow" ADD CONSTRAINT "workflow_current_version_id_fkey" FOREIGN KEY ("current_version_id") REFERENCES "workflow_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_version" ADD CONSTRAINT "workflow_version_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_graph" ADD CONSTRAINT "workflow_graph_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "workflow_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_slot" ADD CONSTRAINT "prompt_slot_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_slot_text" ADD CONSTRAINT "prompt_slot_text_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "workflow_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_slot_text" ADD CONSTRAINT "prompt_slot_text_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "prompt_slot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language can't say.
CREATE INDEX "fragment_search_idx" ON "fragment" USING GIN ("search");
CREATE INDEX "job_name_search_idx" ON "job" USING GIN (to_tsvector('simple', "name"));
CREATE INDEX "job_owner_pending_idx" ON "job"("pool", "created_by_id") WHERE "pending" > 0;
CREATE INDEX "run_dispatch_idx" ON "run"("pool", "created_by_id", "priority" DESC, "seq") WHERE "status" = 'PENDING' AND NOT "is_paused";
CREATE INDEX "run_active_idx" ON "run"("status", "machine_id") WHERE "status" IN ('CLAIMED', 'SUBMITTED', 'RUNNING', 'COLLECTING', 'CANCELING');
CREATE INDEX "run_job_status_idx" ON "run"("job_id", "status");

ALTER TABLE "prompt_override" ADD CONSTRAINT "prompt_override_target_check" CHECK (
    "target_id" = CASE "scope" WHEN 'PROJECT' THEN "project_id" WHEN 'GROUP' THEN "group_id" ELSE "character_id" END
    AND num_nonnulls("project_id", "group_id", "character_id") = 1
);
ALTER TABLE "scene_prompt_default" ADD CONSTRAINT "scene_prompt_default_text_check" CHECK (btrim("text") <> '');
ALTER TABLE "scene_type" ADD CONSTRAINT "scene_type_durations_check" CHECK (
    ("target_duration_secs" IS NULL OR "target_duration_secs" > 0)
    AND ("segment_duration_secs" IS NULL OR ("segment_duration_secs" > 0 AND "segment_duration_secs" <= "target_duration_secs"))
    AND ("duration_tolerance_secs" IS NULL OR "duration_tolerance_secs" >= 0)
);
ALTER TABLE "job" ADD CONSTRAINT "job_counts_check" CHECK (
    "total" = "pending" + "active" + "canceling" + "succeeded" + "failed" + "canceled"
    AND least("pending", "active", "canceling", "succeeded", "failed", "canceled") >= 0
);
ALTER TABLE "machine" ADD CONSTRAINT "machine_concurrency_check" CHECK ("concurrency" BETWEEN 1 AND 64);
