import { defineLoader, definePageLoader } from "#graphql/loader.ts";
import type { CleanupItem } from "#platform/db/generated/client.ts";

interface ItemPage {
  take: number;
  backward: boolean;
  /** The item to start behind. */
  cursor: string | null;
}

/** Pages of items by clean-up, in the order of their ids, or in reverse for backward ones. */
export const cleanupItemPageLoader = definePageLoader<ItemPage, CleanupItem>(
  async ({ deps }, { take, backward, cursor }, cleanupIds) => {
    const { rows } = await deps.db.pool.query<CleanupItem>(
      `SELECT page.* FROM unnest($1::uuid[]) AS c(id)
       CROSS JOIN LATERAL (
         SELECT id, cleanup_id AS "cleanupId", name, kind, sha256, bytes, reason, error, created_at AS "createdAt"
         FROM cleanup_item item
         WHERE item.cleanup_id = c.id AND ($3::uuid IS NULL OR item.id ${backward ? "<" : ">"} $3)
         ORDER BY item.id ${backward ? "DESC" : ""} LIMIT $2
       ) page`,
      [cleanupIds, take, cursor],
    );
    return rows;
  },
  (item) => item.cleanupId,
);

export const cleanupItemCountLoader = defineLoader<number>(async ({ deps }, cleanupIds) => {
  const rows = await deps.db.prisma.cleanupItem.groupBy({
    by: ["cleanupId"],
    where: { cleanupId: { in: [...cleanupIds] } },
    _count: true,
  });
  return new Map(rows.map((row) => [row.cleanupId, row._count]));
});
