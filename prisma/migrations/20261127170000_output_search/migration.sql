-- Long texts are cut: a tsvector has at most a megabyte. Scripts are split at every semicolon, so the function is a single statement.
CREATE FUNCTION run_document(prompts JSONB, models TEXT[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('simple', left(coalesce((SELECT string_agg(prompt->>'text', ' ') FROM jsonb_array_elements(prompts) AS prompt), ''), 50000)), 'A')
        || setweight(to_tsvector('simple', left(array_to_string(models, ' '), 10000)), 'B')
$$;

-- AlterTable
ALTER TABLE "run_graph" ADD COLUMN "models" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

UPDATE "run_graph" SET "models" = found.models
FROM (
    SELECT g.run_id, array_agg(DISTINCT file[1]) AS models
    FROM "run_graph" g CROSS JOIN LATERAL regexp_matches(g.json, '"(?:[^"\\]*[/\\])?([^"/\\]+)\.(?:safetensors|sft|ckpt|gguf|pt|pth|bin)"', 'g') AS file
    GROUP BY g.run_id
) AS found
WHERE found.run_id = "run_graph".run_id;

ALTER TABLE "run_graph" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (run_document("prompts", "models")) STORED;

-- CreateIndex
CREATE INDEX "run_graph_search_idx" ON "run_graph" USING GIN ("search");
