import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { patience } from "#domains/works/change-work.ts";
import {
  checkPrompt,
  type PromptContent,
  type PromptDraft,
  type PromptWarning,
} from "#domains/works/prompt-check.service.ts";
import { visibleOfPrompt, visibleOfWork } from "#domains/works/visible-works.ts";
import type { PromptDeps } from "#domains/works/work-prompts.service.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { PromptVersion } from "#platform/db/generated/client.ts";

export interface AppendedVersion {
  promptVersion: PromptVersion;
  warnings: PromptWarning[];
}

/** Earlier versions, and what was translated with them, stay. @throws NotFoundError (prompt), ValidationError */
export async function appendPromptVersion(
  deps: PromptDeps,
  viewer: Viewer,
  input: PromptDraft & { promptId: string },
): Promise<AppendedVersion> {
  const { content, warnings } = await checkPrompt(deps, input);
  const promptVersion = await append(deps, viewer, input.promptId, { path: ["promptId"], content });
  return { promptVersion, warnings };
}

/** Makes an old version the newest again, as a copy that says so. @throws NotFoundError, ValidationError */
export async function revertPromptVersion(
  deps: PromptDeps,
  viewer: Viewer,
  versionId: string,
): Promise<AppendedVersion> {
  const version = await requireVersion(deps, viewer, versionId, ["versionId"]);
  const { model, template, parameters, metadata } = version;
  const { content, warnings } = await checkPrompt(deps, { model, template, parameters, metadata });
  const source = { path: ["versionId"], content, revertedFromId: version.id };
  return { promptVersion: await append(deps, viewer, version.promptId, source), warnings };
}

/** Counting up first makes those who append at once wait for each other: no number is left out or given twice. */
async function append(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  promptId: string,
  { path, content, revertedFromId }: { path: string[]; content: PromptContent; revertedFromId?: string },
): Promise<PromptVersion> {
  return db.prisma.$transaction(async (tx) => {
    const [prompt] = await tx.workPrompt.updateManyAndReturn({
      where: { AND: [{ id: promptId }, visibleOfWork(viewer)] },
      data: { lastNumber: { increment: 1 } },
    });
    if (!prompt) throw new NotFoundError("The prompt", path);
    return tx.promptVersion.create({
      data: {
        ...content,
        promptId,
        number: prompt.lastNumber,
        createdById: viewer.userId,
        revertedFromId: revertedFromId ?? null,
        // The database's own moment is that of the transaction's begin, before it had waited for others.
        createdAt: new Date(),
      },
    });
  }, patience);
}

/** @throws NotFoundError */
export async function requireVersion(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  path: string[],
): Promise<PromptVersion> {
  const version = await db.prisma.promptVersion.findFirst({ where: { AND: [{ id }, visibleOfPrompt(viewer)] } });
  if (!version) throw new NotFoundError("The version of the prompt", path);
  return version;
}
