import type { Deps } from "#app/deps.ts";
import { lower } from "#domains/accounts/logic/roles.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Role } from "#platform/db/generated/enums.ts";

interface Row {
  id: string;
  name: string;
  role: Role;
  projects: Record<string, Role>;
}

/** The person with the memberships, in one statement: it runs before everything that is asked. */
const select = `
  SELECT "user".id, "user".name, "user".role,
    COALESCE(json_object_agg(member.project_id, member.role) FILTER (WHERE member.project_id IS NOT NULL), '{}') AS projects
  FROM "user" LEFT JOIN project_member member ON member.user_id = "user".id
  WHERE "user".id = $1 AND "user".disabled_at IS NULL
  GROUP BY "user".id`;

/**
 * The person as somebody who asks; null when there is none any more who may.
 * @param ceiling what an API key allows at most
 */
export async function loadViewer({ db }: Pick<Deps, "db">, userId: string, ceiling?: Role): Promise<Viewer | null> {
  const { rows } = await db.pool.query<Row>({ name: "load_viewer", text: select, values: [userId] });
  const [user] = rows;
  if (!user) return null;
  const { id, name, projects } = user;
  const bounded = (role: Role): Role => (ceiling ? lower(role, ceiling) : role);
  return {
    userId: id,
    name,
    role: bounded(user.role),
    ...(ceiling ? { isProgram: true } : {}),
    ...(user.role === "ADMIN"
      ? { projectIds: "all" }
      : {
          projectIds: Object.keys(projects),
          projectRoles: Object.fromEntries(Object.entries(projects).map(([key, role]) => [key, bounded(role)])),
        }),
  };
}
