import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { parseInput } from "#lib/parse-input.ts";

/** Kinds of files that have an age at which they may go. */
const ruledKinds = ["STAGED", "OUTPUT"] as const;
export type RuledKind = (typeof ruledKinds)[number];

/** How long files of a kind are kept after their last job. */
export interface RetentionRule {
  kind: RuledKind;
  /** Null: for ever. */
  keepDays: number | null;
  /** What the configuration says. */
  configuredDays: number | null;
  /** When people changed it; null while the configuration holds. */
  changedAt: Date | null;
}

type RuleDeps = Pick<Deps, "config" | "db">;

const days = z.object({
  keepDays: z
    .number()
    .int()
    .min(1, "at least a day; leave it out to keep the files for ever")
    .max(36_500, "at most 36500 days; leave it out to keep the files for ever")
    .nullable(),
});

/** The rules as they hold now: what people said, or else the configuration. */
export async function readRules({ config, db }: RuleDeps): Promise<RetentionRule[]> {
  const changed = await db.prisma.retentionRule.findMany();
  const configured = { STAGED: config.retention.stagedDays, OUTPUT: config.retention.outputDays };
  return ruledKinds.map((kind) => {
    const rule = changed.find((each) => each.kind === kind);
    return {
      kind,
      keepDays: rule ? rule.keepDays : configured[kind],
      configuredDays: configured[kind],
      changedAt: rule?.changedAt ?? null,
    };
  });
}

/**
 * Says how long files of a kind are kept, in place of the configuration. Nothing goes before the next clean-up.
 * @throws ValidationError
 */
export async function setRule(
  deps: RuleDeps,
  viewer: Viewer,
  input: { kind: RuledKind; keepDays: number | null },
): Promise<RetentionRule> {
  const { keepDays } = parseInput(days, { keepDays: input.keepDays });
  const data = { keepDays, changedById: viewer.userId, changedAt: new Date() };
  await deps.db.prisma.retentionRule.upsert({
    where: { kind: input.kind },
    create: { kind: input.kind, ...data },
    update: data,
  });
  return ruleOf(deps, input.kind);
}

/** Lets the configuration hold again; where it holds, nothing changes. */
export async function resetRule(deps: RuleDeps, kind: RuledKind): Promise<RetentionRule> {
  await deps.db.prisma.retentionRule.deleteMany({ where: { kind } });
  return ruleOf(deps, kind);
}

async function ruleOf(deps: RuleDeps, kind: RuledKind): Promise<RetentionRule> {
  const rule = (await readRules(deps)).find((each) => each.kind === kind);
  if (!rule) throw new Error(`no rule for ${kind}`);
  return rule;
}
