import { ownedBy } from "#domains/accounts/viewer.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import type { Job } from "#platform/db/generated/client.ts";

/** A job as an event tells it. */
export interface JobEvent {
  job: Job;
}

export const jobLooks = createSharedLooks<JobEvent>(async ({ db }, viewer, id) => {
  const job = await db.prisma.job.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] } });
  return job && { job };
});
