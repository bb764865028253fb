import type { Deps } from "#app/deps.ts";
import { firstAdminLink } from "#domains/accounts/first-admin.service.ts";

/**
 * Says once, on the console and nowhere else, how the first ADMIN of a studio whose people sign in gets in: whoever reads the
 * console is whoever runs it. Not by the log, which others may collect.
 */
export async function announceFirstAdmin(deps: Pick<Deps, "db" | "config">): Promise<void> {
  const link = await firstAdminLink(deps);
  if (!link) return;
  console.log(
    `\n  Nobody can sign in yet. Open this within 24 hours to become the first ADMIN; it works once:\n  ${link}\n`,
  );
}
