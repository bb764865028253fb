import { z } from "zod";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { labels } from "#domains/machines/logic/labels.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { guessCategory } from "#domains/workflows/logic/category.ts";
import { guessInputKind } from "#domains/workflows/logic/input-kind.ts";
import type { OrphanedParameter } from "#domains/workflows/logic/parameter-edits.ts";
import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";
import { type ReadContent, readContent } from "#domains/workflows/read-content.ts";
import { reconcileParameters } from "#domains/workflows/reconcile-parameters.ts";
import { reconcileSlots, type SlotReport } from "#domains/workflows/reconcile-slots.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { isStorable, storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { PromptSlot } from "#platform/db/generated/client.ts";
import type { WorkflowCategory } from "#platform/db/generated/enums.ts";

export interface ImportInput {
  name: string;
  source: string;
  /** The machine whose node definitions are to be used. */
  machineId?: string | undefined;
  category?: WorkflowCategory | undefined;
  description?: string | undefined;
  removeOrphans: boolean;
}

export interface ImportReport extends SlotReport {
  format: string;
  /** Edited parameters whose inputs the new version lacks. */
  parametersOrphaned: OrphanedParameter[];
}

const nameField = storableText(200).trim().min(1, "a workflow needs a name");
const descriptionField = storableText(5_000);

/** Imports of one name wait for each other, and a graph of thousands of nodes takes its time. */
const transactionLimits = { maxWait: 15_000, timeout: 30_000 };

/**
 * Imports a graph: a new workflow, a new version of the one with that name, or, for the same content, the version there is.
 * All or nothing. @throws ValidationError that names the place in the source
 */
export async function importWorkflow(deps: Pick<Deps, "db" | "log">, input: ImportInput) {
  const { name, description } = parseInput(
    z.object({ name: nameField, description: descriptionField.optional() }),
    input,
  );
  const content = await readContent(deps, input);
  requireStorable(content.slots);
  return storeContent(deps, content, {
    name,
    description: description ?? content.description,
    category: input.category ?? content.category,
    removeOrphans: input.removeOrphans,
  });
}

/** Makes content the current version of the workflow with that name, in one transaction. */
export async function storeContent(
  { db }: Pick<Deps, "db">,
  content: ReadContent,
  input: Pick<ImportInput, "name" | "description" | "category" | "removeOrphans"> & {
    /** The version that the content was made of: it must be the current one still. */
    basedOn?: string;
  },
) {
  const { name, description } = input;
  const { graph, slots, hash } = content;
  const inputKind = content.inputKind ?? guessInputKind(graph);
  return db.prisma.$transaction(async (tx) => {
    // Two imports of one name at the same moment would both find it free.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`workflow ${name}`}, 0))`;
    const warnings: string[] = [...content.warnings];
    if (slots.length === 0) warnings.push("No text encoder was found: the workflow has no prompt slots.");
    const twin = await tx.workflowVersion.findFirst({
      where: { contentHash: hash, workflow: { name: { not: name } } },
      select: { workflow: { select: { name: true } } },
    });
    if (twin)
      warnings.push(`The workflow "${twin.workflow.name}" has exactly this graph already; this may be a duplicate.`);

    const before = await tx.workflow.findUnique({ where: { name } });
    if (input.basedOn !== undefined && before?.currentVersionId !== input.basedOn) {
      throw new ConflictError("The workflow has a new version since; look at that one first", "VERSION_CHANGED", [
        "id",
      ]);
    }
    const workflow =
      before ??
      (await tx.workflow.create({
        data: {
          name,
          description: description ?? null,
          category: input.category ?? guessCategory(graph),
          inputKind,
        },
      }));
    const known = await tx.workflowVersion.findUnique({
      where: { workflowId_contentHash: { workflowId: workflow.id, contentHash: hash } },
    });
    const version = known ?? (await createVersion(tx, workflow.id, content));
    if (version.recipe === null) {
      await tx.workflowVersion.update({ where: { id: version.id }, data: { recipe: stringifyJson(content.recipe) } });
    }
    const report = await reconcileSlots(tx, {
      workflowId: workflow.id,
      previousVersionId: before?.currentVersionId ?? null,
      versionId: version.id,
      detected: slots,
      removeOrphans: input.removeOrphans,
    });
    warnings.push(...report.warnings);
    const { orphaned: parametersOrphaned } = await reconcileParameters(tx, workflow.id, {
      parameters: version.parameters,
      graph,
    });
    const updated = await tx.workflow.update({
      where: { id: workflow.id },
      data: {
        currentVersionId: version.id,
        ...(description === undefined ? {} : { description }),
        ...(input.category === undefined ? {} : { category: input.category }),
        ...(known ? {} : { inputKind, status: "DRAFT" as const }),
      },
    });
    return {
      workflow: updated,
      version,
      isNewVersion: !known,
      report: { format: content.format, ...report, parametersOrphaned, warnings } satisfies ImportReport,
    };
  }, transactionLimits);
}

/** What people read of slots is kept in columns of text. @throws ValidationError that names the inputs */
function requireStorable(slots: DetectedSlot[]): void {
  const issues = slots
    .filter(
      ({ nodeId, inputName, description, defaultText }) =>
        ![nodeId, inputName, description ?? "", defaultText ?? ""].every(isStorable),
    )
    .map(({ nodeId, inputName }) => ({
      path: ["source", nodeId, inputName],
      message: `The text of ${inputName} in node ${nodeId} holds a NUL or half a character, which can't be stored.`,
    }));
  if (issues.length > 0) throw new ValidationError(issues, "WORKFLOW_SOURCE");
}

async function createVersion(tx: PrismaTx, workflowId: string, { graph, hash, parameters, recipe }: ReadContent) {
  const last = await tx.workflowVersion.aggregate({ where: { workflowId }, _max: { number: true } });
  return tx.workflowVersion.create({
    data: {
      id: uuidv7(),
      workflowId,
      number: (last._max.number ?? 0) + 1,
      contentHash: hash,
      parameters: stringifyJson(parameters),
      recipe: stringifyJson(recipe),
      nodeCount: Object.keys(graph).length,
      graph: { create: { json: stringifyJson(graph) } },
    },
  });
}

/** @throws NotFoundError, ValidationError, ConflictError when the name is taken */
export async function updateWorkflow(
  { db }: Pick<Deps, "db">,
  id: string,
  input: {
    name?: string | undefined;
    description?: string | undefined;
    category?: WorkflowCategory | undefined;
    requiredLabels?: string[] | undefined;
  },
) {
  const fields = parseInput(
    z.object({
      name: nameField.optional(),
      description: descriptionField.optional(),
      requiredLabels: labels.optional(),
    }),
    input,
  );
  const [workflow] = await conflictOnUnique(
    () =>
      db.prisma.workflow.updateManyAndReturn({
        where: { id },
        data: {
          ...(fields.name === undefined ? {} : { name: fields.name }),
          ...(fields.description === undefined ? {} : { description: fields.description || null }),
          ...(input.category === undefined ? {} : { category: input.category }),
          ...(fields.requiredLabels === undefined ? {} : { requiredLabels: fields.requiredLabels }),
        },
      }),
    "A workflow with this name exists already",
    ["name"],
  );
  if (!workflow) throw new NotFoundError("The workflow", ["id"]);
  return workflow;
}

export interface SlotChange {
  label?: string | undefined;
  slotType?: "POSITIVE" | "NEGATIVE" | undefined;
  sortOrder?: number | undefined;
  isUserEditable?: boolean | undefined;
  description?: string | undefined;
  defaultText?: string | undefined;
  /** Takes an edited default text away, so that the graph's holds again. */
  resetDefaultText?: boolean | undefined;
}

/** @throws NotFoundError, ValidationError */
export async function updatePromptSlot({ db }: Pick<Deps, "db">, id: string, change: SlotChange): Promise<PromptSlot> {
  const fields = parseInput(
    z.object({
      label: storableText(200).trim().min(1, "a slot needs a label").optional(),
      slotType: z.enum(["POSITIVE", "NEGATIVE"]).optional(),
      sortOrder: z.number().int().min(0).max(100_000).optional(),
      isUserEditable: z.boolean().optional(),
      description: descriptionField.transform((text) => text || null).optional(),
      defaultText: storableText(100_000).optional(),
    }),
    change,
  );
  if (change.resetDefaultText && fields.defaultText !== undefined) {
    throw ValidationError.at(["resetDefaultText"], "give a defaultText or take the graph's, not both");
  }
  const { defaultText = change.resetDefaultText ? null : undefined, ...rest } = fields;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const [slot] = await db.prisma.promptSlot.updateManyAndReturn({
    where: { id },
    data: { ...given, ...(defaultText === undefined ? {} : { editedDefaultText: defaultText }) },
  });
  if (!slot) throw new NotFoundError("The prompt slot", ["id"]);
  return slot;
}

/** The API graph of a version. */
export async function readGraph({ db }: Pick<Deps, "db">, versionId: string): Promise<ApiGraph> {
  const { json } = await db.prisma.workflowGraph.findUniqueOrThrow({ where: { versionId } });
  return parseJson(json) as unknown as ApiGraph;
}
