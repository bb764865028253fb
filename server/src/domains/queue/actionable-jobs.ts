import type { Deps } from "#app/deps.ts";
import { type PageArgs, readPage, toConnection } from "#graphql/connection.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { Prisma } from "#platform/db/generated/client.ts";

/** A page of jobs by (actionableRank, newest). The rank is a generated column with an index of its own. */
export async function actionableJobs(
  { db }: Pick<Deps, "db">,
  args: PageArgs,
  where: Prisma.JobWhereInput,
  count: () => Promise<number>,
) {
  const page = readPage(args);
  const rows = await db.prisma.job.findMany({
    where: { AND: [where, behind(page.cursor, page.backward)] },
    orderBy: page.backward ? [{ actionableRank: "desc" }, { id: "asc" }] : [{ actionableRank: "asc" }, { id: "desc" }],
    take: page.take,
  });
  return toConnection(page, page.backward ? rows.toReversed() : rows, (job) => [String(job.actionableRank), job.id], count);
}

function behind(cursor: string[] | null, backward: boolean): Prisma.JobWhereInput {
  if (!cursor) return {};
  const rank = Number(cursor[0]);
  const id = cursor[1] ?? "";
  if (!Number.isInteger(rank) || !/^[0-9a-f-]{36}$/.test(id)) {
    throw ValidationError.at([backward ? "before" : "after"], "not a cursor of this connection");
  }
  return backward
    ? { OR: [{ actionableRank: { lt: rank } }, { actionableRank: rank, id: { gt: id } }] }
    : { OR: [{ actionableRank: { gt: rank } }, { actionableRank: rank, id: { lt: id } }] };
}
