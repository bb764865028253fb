import type { CliDiffQuery, CliImportMutation } from "#cli/gql/graphql.ts";
import { shortId } from "#cli/ids.ts";
import { stringifyJson } from "#lib/json.ts";

export type Imported = Extract<NonNullable<CliImportMutation["importWorkflow"]>, { report: unknown }>;

/** What an import did, for people. */
export function describeImport({ workflow, version, isNewVersion, report }: Imported): string[] {
  const changes = [
    ...report.slotsAdded.map(({ label }) => `  new prompt: ${label}`),
    ...report.slotsUpdated.map(({ label }) => `  changed prompt: ${label}`),
    ...report.slotsRemoved.map(({ label }) => `  gone prompt: ${label}`),
    ...report.slotsOrphaned.map(({ slot }) => `  gone prompt with texts: ${slot.label}`),
    ...report.warnings.map((warning) => `  warning: ${warning}`),
  ];
  const what = isNewVersion ? `version ${version.number}` : `unchanged at version ${version.number}`;
  return [`${workflow.name} (${shortId(workflow.id)}): ${what}, ${report.format}`, ...changes];
}

const signs = { ADDED: "+", REMOVED: "-", CHANGED: "~" } as const;

/** What two versions differ in, for people. */
export function describeDiff(diff: CliDiffQuery["workflowVersionDiff"]): string[] {
  const value = (name: string, before: unknown, after: unknown): string =>
    `    ${name}: ${stringifyJson(before)} → ${stringifyJson(after)}`;
  const lines = [
    ...diff.nodes.flatMap((node) => [
      `${signs[node.kind]} node ${node.nodeId} ${node.classType}${node.title ? ` "${node.title}"` : ""}`,
      ...node.inputs.map((input) => value(input.name, input.before, input.after)),
    ]),
    ...diff.slots.flatMap((change) => [
      `${signs[change.kind]} prompt ${change.slot.label}`,
      value("text", change.beforeText, change.afterText),
    ]),
    ...diff.parameters.flatMap((parameter) => [
      `${signs[parameter.kind]} parameter ${parameter.key}`,
      ...parameter.changes.map((change) => value(change.name, change.before, change.after)),
    ]),
  ];
  return [`Version ${diff.from.number} → ${diff.to.number}`, ...(lines.length > 0 ? lines : ["No difference"])];
}
