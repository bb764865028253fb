import type pg from "pg";

/** Why a machine can't run what a run needs, for as long as its definitions are those of `readAt`. */
export interface Refusal {
  machineId: string;
  needs: string;
  /** As Postgres writes it; null when the machine has never said what it has. */
  readAt: string | null;
  reasons: string[];
  /** The machine said so itself; else it follows from its definitions. */
  isSaid: boolean;
}

type Queryable = Pick<pg.Pool, "query">;

/** SQL that holds while a refusal `r` does: its machine's definitions have not been read again. */
export const isCurrent = `r.read_at IS NOT DISTINCT FROM (SELECT d.read_at FROM machine_definitions d WHERE d.machine_id = r.machine_id)`;

/** What a machine said itself is not replaced by what its definitions say. */
export async function storeRefusals(db: Queryable, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  await db.query({
    name: "store-refusals",
    text: `
      INSERT INTO machine_refusal AS r (machine_id, needs, read_at, reasons, is_said)
      SELECT g.machine_id, g.needs, g.read_at, g.reasons, g.is_said
      FROM json_to_recordset($1::json) AS g(machine_id uuid, needs text, read_at timestamptz, reasons text[], is_said boolean)
      JOIN machine ON machine.id = g.machine_id
      ORDER BY g.machine_id, g.needs
      ON CONFLICT (machine_id, needs) DO UPDATE
        SET read_at = excluded.read_at, reasons = excluded.reasons, is_said = excluded.is_said, created_at = now()
        WHERE excluded.is_said OR NOT r.is_said OR r.read_at IS DISTINCT FROM excluded.read_at`,
    values: [
      JSON.stringify(
        refusals.map(({ machineId, needs, readAt, reasons, isSaid }) => ({
          machine_id: machineId,
          needs,
          read_at: readAt,
          reasons,
          is_said: isSaid,
        })),
      ),
    ],
  });
}

export interface PoolMember {
  id: string;
  name: string;
  url: string;
  apiKey: string | null;
  isReachable: boolean;
  readAt: string | null;
  /** Null when nothing is known against it. */
  refusal: { reasons: string[]; isSaid: boolean } | null;
  /** Whether its definitions were read some time ago: it may have more by now. */
  isOld: boolean;
}

/** The machines that may be given runs of a pool now or later, with what stands against this need, by name. */
export async function poolMembers(
  db: Queryable,
  { pool, needs, requiredLabels }: { pool: string; needs: string; requiredLabels: readonly string[] },
  oldAfterMs: number,
): Promise<PoolMember[]> {
  const { rows } = await db.query<PoolMember>({
    name: "pool-members",
    text: `
      SELECT m.id, m.name, m.url, m.api_key AS "apiKey", m.is_reachable AS "isReachable", d.read_at::text AS "readAt",
        coalesce(d.read_at < now() - $3 * interval '1 millisecond', true) AS "isOld",
        CASE WHEN r.needs IS NOT NULL THEN json_build_object('reasons', r.reasons, 'isSaid', r.is_said) END AS refusal
      FROM machine m LEFT JOIN machine_definitions d ON d.machine_id = m.id
      LEFT JOIN machine_refusal r ON r.machine_id = m.id AND r.needs = $2 AND r.read_at IS NOT DISTINCT FROM d.read_at
      WHERE m.is_enabled AND NOT m.is_draining AND $1 = ANY(m.pools) AND m.labels @> $4::text[]
      ORDER BY m.name`,
    values: [pool, needs, oldAfterMs, requiredLabels],
  });
  return rows;
}

/** It may take the run: nothing is known against it, and it has answered at least once. */
export const isAble = ({ refusal, readAt, isReachable }: PoolMember): boolean =>
  refusal === null && (readAt !== null || isReachable);
