/** One thing wrong in a workflow file: where (node id, then input name; empty for the whole file) and what. */
export type SourceIssue = { path: string[]; message: string };

/** A workflow file that cannot be imported. The message is the first issue's. */
export class WorkflowSourceError extends Error {
  readonly issues: SourceIssue[];

  constructor(issues: SourceIssue[]) {
    super(issues[0]?.message ?? "The workflow cannot be read.");
    this.name = "WorkflowSourceError";
    this.issues = issues;
  }
}
