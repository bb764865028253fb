import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { withWrittenPrompts } from "#domains/autoprompt/logic/prompt-params.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject } from "#lib/json.ts";
import { type AutoPrompt, Prisma } from "#platform/db/generated/client.ts";

type AutoPromptDeps = Pick<Deps, "db" | "bus" | "autoPromptQueue">;

/** @throws NotFoundError */
async function requireAutoPrompt({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<AutoPrompt> {
  const autoPrompt = await db.prisma.autoPrompt.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] } });
  if (!autoPrompt) throw new NotFoundError("The set of prompts", ["id"]);
  return autoPrompt;
}

/** Ends it; what is written stays. Once it is over this changes nothing. @throws NotFoundError */
export async function cancelAutoPrompt(deps: AutoPromptDeps, viewer: Viewer, id: string): Promise<AutoPrompt> {
  await requireAutoPrompt(deps, viewer, id);
  await deps.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.autoPrompt.updateMany({
      where: { id, status: { in: ["PENDING", "RUNNING"] } },
      data: { status: "CANCELED", finishedAt: new Date() },
    });
    if (count === 0) return;
    const open = { in: ["PENDING" as const, "CAPTIONING" as const, "WRITING" as const] };
    await tx.autoPromptItem.updateMany({ where: { autoPromptId: id, status: open }, data: { status: "CANCELED" } });
  });
  deps.bus.publish("autoPrompt.changed", { autoPromptId: id });
  return requireAutoPrompt(deps, viewer, id);
}

/** Writes what failed or was canceled once more; descriptions that are there stay. @throws NotFoundError, ConflictError */
export async function retryAutoPrompt(deps: AutoPromptDeps, viewer: Viewer, id: string): Promise<AutoPrompt> {
  await requireAutoPrompt(deps, viewer, id);
  const again = await deps.db.prisma.$transaction(async (tx) => {
    const [row] = await tx.autoPrompt.updateManyAndReturn({
      where: { id, status: { in: ["PARTIAL", "FAILED", "CANCELED"] } },
      data: { status: "PENDING", finishedAt: null, attempt: { increment: 1 } },
    });
    if (!row)
      throw new ConflictError("Nothing of it failed; it is under way, or all is written", "NOTHING_TO_RETRY", ["id"]);
    await tx.autoPromptItem.updateMany({
      where: { autoPromptId: id, status: { not: "DONE" } },
      data: { status: "PENDING", error: Prisma.DbNull },
    });
    return row;
  });
  await deps.autoPromptQueue.add({ autoPromptId: id, attempt: again.attempt });
  deps.bus.publish("autoPrompt.changed", { autoPromptId: id });
  return again;
}

export interface EditedPrompt {
  key: string;
  motionPrompt?: string | undefined;
  clips?: string[] | undefined;
}

/**
 * What was written, with what people have made of it, as perFileParams of a submission. Stores nothing.
 * @throws NotFoundError, ValidationError for a key that is none of its inputs
 */
export async function applyAutoPrompts(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { id: string; edits: readonly EditedPrompt[]; perFileParams?: unknown },
): Promise<JsonObject> {
  await requireAutoPrompt(deps, viewer, input.id);
  const before = input.perFileParams ?? {};
  if (!isJsonObject(before)) throw ValidationError.at(["perFileParams"], "must be an object of parameters by input");
  const items = await deps.db.prisma.autoPromptItem.findMany({
    where: { autoPromptId: input.id },
    orderBy: { index: "asc" },
    select: { key: true, motionPrompt: true, clips: true },
  });
  const edits = new Map(input.edits.map((edit) => [edit.key, edit]));
  const known = new Set(items.map(({ key }) => key));
  for (const [index, { key }] of input.edits.entries()) {
    if (!known.has(key)) throw ValidationError.at(["edits", String(index), "key"], `${key} is none of its inputs`);
  }
  const written = items.map((item) => {
    const edit = edits.get(item.key);
    return { key: item.key, motionPrompt: edit?.motionPrompt ?? item.motionPrompt, clips: edit?.clips ?? item.clips };
  });
  return withWrittenPrompts(before, written);
}
