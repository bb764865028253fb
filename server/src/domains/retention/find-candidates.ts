import type pg from "pg";
import type { RetentionRule } from "#domains/retention/retention-rules.service.ts";
import type { AssetKind } from "#platform/db/generated/enums.ts";

/** A stored file that nobody needs any more. */
export interface Candidate {
  id: string;
  sha256: string;
  kind: AssetKind;
  folder: string;
  filename: string;
  /** Size in bytes. */
  bytes: string;
  reason: string;
}

/** Tables that refer to assets, each of which the statement below looks at; a test compares them with the database. */
export const referringColumns = [
  "artifact.asset_id",
  "auto_prompt_item.asset_id",
  "boundary_candidate.asset_id",
  "character_image.asset_id",
  "execution.film_asset_id",
  "execution.metadata_asset_id",
  "execution.source_asset_id",
  "execution_image.asset_id",
  "execution_transition.asset_id",
  "library_asset.image_id",
  "project_asset.image_id",
  "run.input_asset_id",
  "run_output.asset_id",
  "scene.end_frame_id",
  "scene_asset.image_id",
  "scene_asset_picture.image_id",
  "take.input_asset_id",
  "take_segment.boundary_asset_id",
  "take_segment.output_asset_id",
  "take_segment.seed_asset_id",
  "visual_style_image.asset_id",
];

/** A take that somebody still wants: its files stay, whatever their age. */
const isWanted = (take: string): string => `${take}.status NOT IN ('REJECTED', 'FAILED', 'CANCELED')`;

/** The global id as it stands in a job's parameters. */
const globalId = `rtrim(translate(encode(convert_to('Asset:' || a.id, 'UTF8'), 'base64'), E'\\n', ''), '=')`;

/** Nothing that is under way, wanted or shown refers to the asset `a`. */
const isFree = `
  NOT EXISTS (SELECT 1 FROM run r JOIN job j ON j.id = r.job_id WHERE r.input_asset_id = a.id AND j.finished_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM job j WHERE j.finished_at IS NULL AND j.params::text LIKE '%' || ${globalId} || '%')
  AND NOT EXISTS (SELECT 1 FROM auto_prompt_item i JOIN auto_prompt p ON p.id = i.auto_prompt_id
    WHERE i.asset_id = a.id AND p.finished_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM character_image c WHERE c.asset_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM scene s WHERE s.end_frame_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM scene_asset s WHERE s.image_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM scene_asset_picture s WHERE s.image_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM project_asset p WHERE p.image_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM library_asset l WHERE l.image_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM visual_style_image v WHERE v.asset_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM execution e WHERE a.id = e.source_asset_id)
  AND NOT EXISTS (SELECT 1 FROM execution e WHERE a.id = e.film_asset_id)
  AND NOT EXISTS (SELECT 1 FROM execution e WHERE a.id = e.metadata_asset_id)
  AND NOT EXISTS (SELECT 1 FROM execution_image i WHERE i.asset_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM execution_transition t WHERE t.asset_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM take t WHERE t.input_asset_id = a.id AND ${isWanted("t")})
  AND NOT EXISTS (SELECT 1 FROM take_segment s JOIN take t ON t.id = s.take_id
    WHERE a.id IN (s.seed_asset_id, s.output_asset_id, s.boundary_asset_id) AND ${isWanted("t")})
  AND NOT EXISTS (SELECT 1 FROM boundary_candidate b WHERE b.asset_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM artifact f JOIN take t ON t.id = f.take_id WHERE f.asset_id = a.id AND ${isWanted("t")})`;

/**
 * $1 and $2: days for which staged inputs and outputs are kept after their last job; null for ever. Uploads are what
 * people put there: they are never candidates.
 */
const candidates = `
  SELECT a.id, a.sha256, a.kind, a.folder, a.filename,
    'staged input of a job that ended ' || used.ended::date AS reason
  FROM asset a
  CROSS JOIN LATERAL (
    SELECT greatest(
      (SELECT max(j.finished_at) FROM run r JOIN job j ON j.id = r.job_id WHERE r.input_asset_id = a.id),
      (SELECT max(p.finished_at) FROM auto_prompt_item i JOIN auto_prompt p ON p.id = i.auto_prompt_id WHERE i.asset_id = a.id)
    ) AS ended
  ) used
  WHERE a.kind = 'STAGED' AND NOT a.is_in_place AND a.removed_at IS NULL AND used.ended < now() - make_interval(days => $1::int) AND ${isFree}
  UNION ALL
  SELECT a.id, a.sha256, a.kind, a.folder, a.filename, 'output of a job that ended ' || made.ended::date
  FROM asset a
  CROSS JOIN LATERAL (
    SELECT max(j.finished_at) AS ended, bool_and(j.finished_at IS NOT NULL) AS all_ended
    FROM run_output o JOIN run r ON r.id = o.run_id JOIN job j ON j.id = r.job_id WHERE o.asset_id = a.id
  ) made
  WHERE a.kind = 'OUTPUT' AND a.removed_at IS NULL AND made.all_ended
    AND made.ended < now() - make_interval(days => $2::int) AND ${isFree}`;

type Rules = readonly Pick<RetentionRule, "kind" | "keepDays">[];
const daysOf = (rules: Rules) =>
  (["STAGED", "OUTPUT"] as const).map((kind) => rules.find((rule) => rule.kind === kind)?.keepDays ?? null);

export interface Found {
  files: number;
  /** What would be free afterwards: bytes that another asset has as well are not counted, and none twice. */
  bytes: number;
  largest: Candidate[];
}

/** What a clean-up would take, the largest files first. */
export async function findCandidates(pool: pg.Pool, rules: Rules, limit: number): Promise<Found> {
  const { rows } = await pool.query<{ files: number; bytes: string; largest: Candidate[] }>(
    `WITH candidate AS MATERIALIZED (SELECT c.*, b.bytes FROM (${candidates}) c JOIN blob b USING (sha256)),
    freed AS (
      SELECT DISTINCT c.sha256, c.bytes FROM candidate c
      WHERE NOT EXISTS (
        SELECT 1 FROM asset o
        WHERE o.sha256 = c.sha256 AND o.removed_at IS NULL AND NOT o.is_in_place AND o.id NOT IN (SELECT id FROM candidate))
    )
    SELECT (SELECT count(*)::int FROM candidate) AS files, (SELECT coalesce(sum(bytes), 0)::text FROM freed) AS bytes,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'sha256', sha256, 'kind', kind, 'folder', folder,
         'filename', filename, 'bytes', bytes::text, 'reason', reason)), '[]')
       FROM (SELECT * FROM candidate ORDER BY bytes DESC, id LIMIT $3) l) AS largest`,
    [...daysOf(rules), limit],
  );
  const { files = 0, bytes = "0", largest = [] } = rows[0] ?? {};
  return { files, bytes: Number(bytes), largest };
}

/**
 * Marks up to `limit` candidates as removed and notes each in the record. What has become needed in the meantime is none.
 * @returns how many
 */
export async function markRemoved(pool: pg.Pool, rules: Rules, cleanupId: string, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH candidate AS (SELECT * FROM (${candidates}) c LIMIT $3),
    gone AS (
      UPDATE asset SET removed_at = now() FROM candidate c WHERE asset.id = c.id AND asset.removed_at IS NULL
      RETURNING asset.id
    )
    INSERT INTO cleanup_item (id, cleanup_id, name, kind, sha256, bytes, reason)
    SELECT gen_random_uuid(), $4::uuid, c.folder || '/' || c.filename, c.kind, c.sha256, b.bytes, c.reason
    FROM candidate c JOIN gone USING (id) JOIN blob b USING (sha256)`,
    [...daysOf(rules), limit, cleanupId],
  );
  return rowCount ?? 0;
}
