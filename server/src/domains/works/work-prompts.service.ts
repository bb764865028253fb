import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeWork } from "#domains/works/change-work.ts";
import { checkPrompt, type PromptDraft, type PromptWarning } from "#domains/works/prompt-check.service.ts";
import { visibleOfWork } from "#domains/works/visible-works.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { WorkPrompt } from "#platform/db/generated/client.ts";

export type PromptDeps = Pick<Deps, "db" | "llm" | "config">;

const promptName = z.object({ name: storableText(200).trim().min(1, "a prompt needs a name") });

/**
 * Gives a work its prompt, with a first version.
 * @throws NotFoundError (work), ValidationError, ConflictError (PROMPT_EXISTS) for a second one
 */
export async function createWorkPrompt(
  deps: PromptDeps,
  viewer: Viewer,
  input: PromptDraft & { workId: string; name: string },
): Promise<{ workPrompt: WorkPrompt; warnings: PromptWarning[] }> {
  const { name } = parseInput(promptName, input);
  const { content, warnings } = await checkPrompt(deps, input);
  const workPrompt = await changeWork(deps, viewer, input.workId, ["workId"], async (tx, { id: workId }) => {
    const present = await tx.workPrompt.findUnique({ where: { workId } });
    if (present) {
      const message = `The work has the prompt "${present.name}" already; append a version to it`;
      throw new ConflictError(message, "PROMPT_EXISTS", ["workId"]);
    }
    const version = { ...content, number: 1, createdById: viewer.userId };
    return tx.workPrompt.create({ data: { workId, name, lastNumber: 1, versions: { create: version } } });
  });
  return { workPrompt, warnings };
}

/** @throws NotFoundError, ValidationError */
export async function renameWorkPrompt(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  text: string,
): Promise<WorkPrompt> {
  const data = parseInput(promptName, { name: text });
  const where = { AND: [{ id }, visibleOfWork(viewer)] };
  const [prompt] = await db.prisma.workPrompt.updateManyAndReturn({ where, data });
  if (!prompt) throw new NotFoundError("The prompt", ["id"]);
  return prompt;
}
