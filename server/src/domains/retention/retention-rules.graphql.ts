import {
  readRules,
  resetRule,
  type RetentionRule,
  type RuledKind,
  setRule,
} from "#domains/retention/retention-rules.service.ts";
import { builder } from "#graphql/builder.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const KindType = builder.enumType("RetentionKind", {
  description: "Files that have an age at which they may go; uploads stay until somebody deletes them.",
  values: {
    STAGED: { description: "Copies of input files on the server." },
    OUTPUT: { description: "What runs made, unless it is part of a take that was not rejected." },
  } satisfies Record<RuledKind, { description: string }>,
});

const RuleType = builder.objectRef<RetentionRule>("RetentionRule").implement({
  description: "How long files of a kind are kept after the end of their last job.",
  fields: (t) => ({
    kind: t.field({ type: KindType, description: "Which files.", resolve: ({ kind }) => kind }),
    keepDays: t.exposeInt("keepDays", { nullable: true, description: "How many days; null: for ever." }),
    configuredDays: t.exposeInt("configuredDays", {
      nullable: true,
      description: "What the configuration says, which holds until people say otherwise; null: for ever.",
    }),
    changedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When people changed it; null while the configuration holds.",
      resolve: ({ changedAt }) => changedAt,
    }),
  }),
});

const RetentionType = builder.objectRef<object>("Retention").implement({
  description: "What clean-ups go by.",
  fields: (t) => ({
    rules: t.field({
      type: [RuleType],
      description: "The rule of each kind, as it holds now.",
      resolve: (_retention, _args, { deps }) => readRules(deps),
    }),
    schedule: t.string({
      nullable: true,
      description: "When clean-ups happen by themselves, as a cron pattern in the server's time; null: never.",
      resolve: (_retention, _args, { deps }) => deps.config.retention.cron,
    }),
  }),
});

builder.queryField("retention", (t) =>
  t.field({
    type: RetentionType,
    description: "How long files are kept, and when clean-ups happen.",
    authScopes: { admin: true },
    resolve: () => ({}),
  }),
);

mutation("setRetentionRule", {
  description:
    "Says how long files of a kind are kept, in place of the configuration. Nothing is deleted before the next clean-up.",
  role: "admin",
  input: builder.inputType("SetRetentionRuleInput", {
    description: "Which files, and how long.",
    fields: (t) => ({
      kind: t.field({ type: KindType, required: true, description: "Which files." }),
      keepDays: t.int({ description: "Days after the end of their last job, 1 to 36500; for ever unless said." }),
    }),
  }),
  payload: payloadOf("SetRetentionRulePayload", "rule", RuleType, "The rule as it is now."),
  resolve: async ({ kind, keepDays }, { deps, viewer }) => ({
    rule: await setRule(deps, viewer, { kind, keepDays: keepDays ?? null }),
  }),
});

mutation("resetRetentionRule", {
  description: "Lets the configuration say again how long files of a kind are kept.",
  role: "admin",
  input: builder.inputType("ResetRetentionRuleInput", {
    description: "Which files.",
    fields: (t) => ({ kind: t.field({ type: KindType, required: true, description: "Which files." }) }),
  }),
  payload: payloadOf("ResetRetentionRulePayload", "rule", RuleType, "The rule as it is now."),
  resolve: async ({ kind }, { deps }) => ({ rule: await resetRule(deps, kind) }),
});
