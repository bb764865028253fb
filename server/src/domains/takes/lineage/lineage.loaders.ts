import { defineListLoader, defineLoader } from "#graphql/loader.ts";

/** Of each kind of relative an asset tells so many. */
export const maxRelatives = 24;

interface Relative {
  assetId: string;
  relativeId: string;
}

const related = (text: string) =>
  defineListLoader<Relative>(
    async ({ deps }, assetIds) => (await deps.db.pool.query<Relative>(text, [assetIds, maxRelatives])).rows,
    ({ assetId }) => assetId,
  );

const relatives = (select: string): string => `
  SELECT a.id AS "assetId", r.id AS "relativeId" FROM unnest($1::uuid[]) AS a(id)
  CROSS JOIN LATERAL (SELECT DISTINCT found.id FROM (${select}) AS found WHERE found.id <> a.id ORDER BY found.id DESC LIMIT $2) r`;

/** Frames that were taken out of the clip `a.id`, on which something was built. */
const framesOfClip = `SELECT boundary_asset_id FROM take_segment WHERE output_asset_id = a.id AND boundary_asset_id IS NOT NULL`;

/**
 * Files that an asset was made from: the input of its run, the clip that a frame was taken out of (also where that frame
 * was the input), and the clips that were joined.
 */
export const sourcesLoader = related(
  relatives(`
    SELECT run.input_asset_id AS id FROM run_output JOIN run ON run.id = run_output.run_id WHERE run_output.asset_id = a.id
    UNION ALL SELECT clip.output_asset_id FROM run_output JOIN run ON run.id = run_output.run_id
      JOIN take_segment clip ON clip.boundary_asset_id = run.input_asset_id WHERE run_output.asset_id = a.id
    UNION ALL SELECT output_asset_id FROM take_segment WHERE boundary_asset_id = a.id
    UNION ALL SELECT s.output_asset_id FROM boundary_candidate c JOIN take_segment s ON s.id = c.segment_id WHERE c.asset_id = a.id
    UNION ALL SELECT part.asset_id FROM artifact JOIN artifact part ON part.take_id = artifact.take_id AND part.kind = 'CHUNK'
      WHERE artifact.asset_id = a.id AND artifact.is_primary AND artifact.kind = 'FINAL'
        AND NOT EXISTS (SELECT FROM run_output WHERE run_output.asset_id = a.id)`),
);

/** Outputs of runs that started from an asset or from a frame of it, and the clip that it was joined into. Newest first. */
export const resultsLoader = related(
  relatives(`
    SELECT run_output.asset_id AS id FROM run JOIN run_output ON run_output.run_id = run.id WHERE run.input_asset_id = a.id
    UNION ALL SELECT run_output.asset_id FROM run JOIN run_output ON run_output.run_id = run.id
      WHERE run.input_asset_id IN (${framesOfClip})
    UNION ALL SELECT whole.asset_id FROM artifact JOIN artifact whole ON whole.take_id = artifact.take_id
        AND whole.is_primary AND whole.kind = 'FINAL'
      WHERE artifact.asset_id = a.id AND artifact.kind = 'CHUNK'
        AND NOT EXISTS (SELECT FROM run_output WHERE run_output.asset_id = whole.asset_id)`),
);

/** Takes that have an asset, or a frame of it, as their reference image. Newest first. */
export const takesFromLoader = related(
  relatives(`
    SELECT id FROM take WHERE input_asset_id = a.id
    UNION ALL SELECT id FROM take WHERE input_asset_id IN (${framesOfClip})`),
);

/** The take that an asset belongs to: as a file of it, as the clip of a segment, or made by its job. */
export const takeOfAssetLoader = defineLoader<string>(async ({ deps }, assetIds) => {
  const { rows } = await deps.db.pool.query<{ assetId: string; takeId: string }>(
    `SELECT a.id AS "assetId", t.id AS "takeId" FROM unnest($1::uuid[]) AS a(id)
     CROSS JOIN LATERAL (
       SELECT take_id AS id FROM artifact WHERE asset_id = a.id
       UNION ALL SELECT take_id FROM take_segment WHERE output_asset_id = a.id
       UNION ALL SELECT take.id FROM run_output JOIN run ON run.id = run_output.run_id JOIN take ON take.job_id = run.job_id
         WHERE run_output.asset_id = a.id
       UNION ALL SELECT s.take_id FROM run_output JOIN run ON run.id = run_output.run_id JOIN take_segment s ON s.job_id = run.job_id
         WHERE run_output.asset_id = a.id
       LIMIT 1) t`,
    [assetIds],
  );
  return new Map(rows.map(({ assetId, takeId }) => [assetId, takeId]));
});
