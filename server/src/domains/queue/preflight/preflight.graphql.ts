import { asMemberWith, type Viewer } from "#domains/accounts/viewer.ts";
import { type Preflight, preflightJob } from "#domains/queue/preflight/preflight.service.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import { SubmitJobInput, toSubmit } from "#domains/queue/submit/submit-input.graphql.ts";
import { builder, defaultPageSize, maxPageSize } from "#graphql/builder.ts";
import { ValidationError } from "#lib/domain-error.ts";

const VerdictType = builder.enumType("PreflightStatus", {
  description: "Whether a run would go.",
  values: {
    READY: { description: "Nothing stands against it." },
    WARNED: { description: "It would be submitted; something should be looked at first." },
    BLOCKED: { description: "It would not be submitted." },
  } as const,
});

const CodeType = builder.enumType("PreflightCode", {
  description: "What stands against a run.",
  values: {
    INPUT_MISSING: { description: "The input is not there, or the viewer may not see it." },
    INPUT_OUTSIDE_ROOTS: { description: "The path leads out of the folders that are open." },
    INPUT_UNREADABLE: { description: "The input is damaged, too large, or its bytes are gone." },
    INPUT_REFUSED: { description: "The workflow does not take this kind of file." },
    VALUE_INVALID: { description: "A parameter is unknown, of the wrong type or out of range." },
    PROMPT_MISSING: { description: "A per-image mode, and no text for this input." },
    PROMPT_MODE_INVALID: { description: "A per-image mode without inputs, or for a workflow without prompts." },
    UNRESOLVED_PLACEHOLDER: { description: "Nothing fills a {placeholder}." },
    UNRESOLVED_LIBRARY_KEY: { description: "No library of the project has an entry." },
    MISSING_NODE: { description: "No machine of the pool has a node class." },
    MISSING_MODEL: { description: "No machine of the pool has a model, LoRA or the like." },
    MISSING_LINK: { description: "Nothing feeds an input that a node demands." },
    BAD_VALUE: { description: "No machine of the pool takes a value: its type, its range, not in its list." },
    NO_OUTPUT: { description: "The graph saves and shows nothing." },
    NO_MACHINE: { description: "The pool has no enabled machine; runs wait." },
    NO_MACHINE_WITH_LABELS: { description: "No enabled machine of the pool has all labels that are required." },
    NOT_ON_ALL_MACHINES: { description: "Some machines of the pool would refuse it; others take it." },
    MACHINES_UNKNOWN: { description: "No machine has said yet what it has, so nobody knows." },
  } as const,
});

export const FindingType = builder.objectRef<Finding & { runCount?: number }>("PreflightFinding").implement({
  description: "Something that stands against planned runs: where, and what to do.",
  fields: (t) => ({
    code: t.field({ type: CodeType, description: "What it is.", resolve: ({ code }) => code }),
    isBlocking: t.exposeBoolean("isBlocking", { description: "Whether its runs would not be submitted." }),
    message: t.exposeString("message", { description: "What is wrong, for people." }),
    remedy: t.exposeString("remedy", { description: "What to do about it, for people." }),
    path: t.exposeStringList("path", {
      description: "Where in the input of submitJob; empty when it lies with the machines.",
    }),
    nodeId: t.exposeString("nodeId", { nullable: true, description: "The node of the graph." }),
    inputName: t.exposeString("inputName", { nullable: true, description: "That node's input." }),
    suggestions: t.exposeStringList("suggestions", {
      description: "Up to three names that exist and are closest to a missing one, best first.",
    }),
  }),
});

const RunType = builder.objectRef<Preflight["runs"][number]>("PreflightRun").implement({
  description: "A run as it would be stored.",
  fields: (t) => ({
    index: t.exposeInt("index", { description: "Position in the submission, from 0." }),
    status: t.field({ type: VerdictType, description: "Whether it would go.", resolve: ({ verdict }) => verdict }),
    input: t.string({
      nullable: true,
      description: "File name of its input.",
      resolve: ({ input }) => input?.filename ?? null,
    }),
    outputPrefix: t.exposeString("outputPrefix", { description: "Folder and beginning of its outputs' names." }),
    findings: t.field({
      type: [FindingType],
      description: "What stands against it.",
      resolve: ({ findings }) => findings,
    }),
  }),
});

const CountedFindingType = builder.objectRef<Preflight["findings"][number]>("PreflightSummary").implement({
  description: "A finding with the number of runs that it stands against.",
  fields: (t) => ({
    finding: t.field({ type: FindingType, description: "What was found.", resolve: (each) => each }),
    runCount: t.exposeInt("runCount", { description: "How many planned runs it stands against." }),
  }),
});

export const PreflightType = builder.objectRef<Preflight>("JobPreflight").implement({
  description: "What would become of a submission. By what the machines said of themselves last; none is asked.",
  fields: (t) => ({
    status: t.field({
      type: VerdictType,
      description: "The worst of its runs: a submit is refused when it is BLOCKED, unless it skips those.",
      resolve: ({ counts }) => (counts.BLOCKED > 0 ? "BLOCKED" : counts.WARNED > 0 ? "WARNED" : "READY"),
    }),
    jobCount: t.int({
      description: "Jobs: several with splitByInput.",
      resolve: ({ submission }) => submission.parts.length,
    }),
    readyCount: t.int({ description: "Runs that nothing stands against.", resolve: ({ counts }) => counts.READY }),
    warnedCount: t.int({ description: "Runs that would go, with a warning.", resolve: ({ counts }) => counts.WARNED }),
    blockedCount: t.int({ description: "Runs that would not go.", resolve: ({ counts }) => counts.BLOCKED }),
    findings: t.field({
      type: [CountedFindingType],
      description: "What was found, each thing once, blocking ones first.",
      resolve: ({ findings }) => findings,
    }),
    runs: t.field({
      type: [RunType],
      description: "The planned runs in order.",
      args: {
        first: t.arg.int({ defaultValue: defaultPageSize, description: `How many, at most ${maxPageSize}.` }),
        offset: t.arg.int({ defaultValue: 0, description: "How many to pass over." }),
        status: t.arg({ type: [VerdictType], description: "Only with these verdicts." }),
      },
      resolve: ({ runs }, { first, offset, status }) => {
        const start = offset ?? 0;
        const count = first ?? defaultPageSize;
        if (count < 0 || count > maxPageSize)
          throw ValidationError.at(["first"], `first must be between 0 and ${maxPageSize}, not ${count}`);
        if (start < 0) throw ValidationError.at(["offset"], "offset must not be negative");
        const wanted = status?.length ? runs.filter(({ verdict }) => status.includes(verdict)) : runs;
        return wanted.slice(start, start + count);
      },
    }),
  }),
});

builder.queryField("preflightJob", (t) =>
  t.field({
    type: PreflightType,
    description: "Looks ahead at a submission: every run with what stands against it. Stores nothing.",
    authScopes: { creator: true },
    complexity: 200,
    args: { input: t.arg({ type: SubmitJobInput, required: true, description: "What would be submitted." }) },
    // Sees what the submit will see: not what the person may only read.
    resolve: (_root, { input }, { deps, viewer }) =>
      preflightJob(deps, asMemberWith(viewer as Viewer, "CREATOR"), toSubmit(input)),
  }),
);
