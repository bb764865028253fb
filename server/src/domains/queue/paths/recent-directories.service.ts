import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { isInside, realRoots } from "#platform/storage/open-inside.ts";
import type { RecentDirectory } from "#platform/db/generated/client.ts";

/** What is older is forgotten. */
const maxKept = 50;

/** Counts the use of a folder, in the transaction of the job that takes from it, and forgets the oldest. */
export async function rememberDirectory(client: Pick<pg.Pool, "query">, viewer: Viewer, path: string): Promise<void> {
  await client.query({
    name: "remember-directory",
    text: `WITH used AS (
             INSERT INTO recent_directory (user_id, path) VALUES ($1, $2)
             ON CONFLICT (user_id, path) DO UPDATE SET use_count = recent_directory.use_count + 1, last_used_at = now()
           )
           DELETE FROM recent_directory WHERE user_id = $1 AND path <> $2 AND path IN (
             SELECT path FROM recent_directory WHERE user_id = $1 ORDER BY last_used_at DESC OFFSET ${maxKept})`,
    values: [viewer.userId, path],
  });
}

/** The viewer's own, the latest first; those that are no longer inside the roots are left out. */
export async function listRecentDirectories(
  { config, db }: Pick<Deps, "config" | "db">,
  viewer: Viewer,
): Promise<RecentDirectory[]> {
  const rows = await db.prisma.recentDirectory.findMany({
    where: { userId: viewer.userId },
    orderBy: [{ lastUsedAt: "desc" }, { path: "asc" }],
    take: maxKept,
  });
  const roots = await realRoots(config.inputRoots);
  return rows.filter(({ path }) => isInside(roots, path));
}
