import { type DomainError, type FieldIssue, ValidationError } from "#lib/domain-error.ts";

export type FindingCode =
  | "INPUT_MISSING"
  | "INPUT_OUTSIDE_ROOTS"
  | "INPUT_UNREADABLE"
  | "INPUT_REFUSED"
  | "VALUE_INVALID"
  | "PROMPT_MISSING"
  | "PROMPT_MODE_INVALID"
  | "UNRESOLVED_PLACEHOLDER"
  | "UNRESOLVED_LIBRARY_KEY"
  | "MISSING_NODE"
  | "MISSING_MODEL"
  | "MISSING_LINK"
  | "BAD_VALUE"
  | "NO_OUTPUT"
  | "NO_MACHINE"
  | "NO_MACHINE_WITH_LABELS"
  | "NOT_ON_ALL_MACHINES"
  | "MACHINES_UNKNOWN";

/** Something that stands against a planned run: where, and what to do. Runs with the same trouble share one object. */
export interface Finding {
  code: FindingCode;
  isBlocking: boolean;
  message: string;
  remedy: string;
  /** Where in the submission; empty when it lies with the machines. */
  path: string[];
  nodeId: string | null;
  inputName: string | null;
  /** Names that exist and are closest to a missing one, best first. */
  suggestions: string[];
  /** What a submit answers when this is all that stands against it; the code of its ValidationError else. */
  failure: DomainError | string;
}

const plain = { isBlocking: true, path: [], nodeId: null, inputName: null, suggestions: [], failure: "VALIDATION" };

export function finding(
  code: FindingCode,
  message: string,
  remedy: string,
  more: Partial<Omit<Finding, "code" | "message" | "remedy">> = {},
): Finding {
  return { ...plain, code, message, remedy, ...more };
}

const inputCodes: Record<string, FindingCode> = {
  PATH_MISSING: "INPUT_MISSING",
  NOT_FOUND: "INPUT_MISSING",
  PATH_OUTSIDE_ROOTS: "INPUT_OUTSIDE_ROOTS",
  NO_INPUT_ROOTS: "INPUT_OUTSIDE_ROOTS",
  INPUT_UNREADABLE: "INPUT_UNREADABLE",
  ASSET_REMOVED: "INPUT_UNREADABLE",
};
const inputRemedies: Partial<Record<FindingCode, string>> = {
  INPUT_MISSING: "Upload the file or correct its path, or leave this input out.",
  INPUT_OUTSIDE_ROOTS: "Choose a file inside the open folders, or upload it.",
  INPUT_UNREADABLE: "Replace the file by one that opens, or leave this input out.",
};

/** Why an input can't be taken. */
export function findingOfInput(error: DomainError): Finding {
  const code = inputCodes[error.code] ?? "INPUT_REFUSED";
  const remedy =
    error.kind === "NotFoundError" && error.path?.at(-1) === "assetId"
      ? "Upload the file, or leave this input out: it is gone, or of a project in which you may look, not change."
      : (inputRemedies[code] ?? "Choose a file that the workflow takes, or leave this input out.");
  return finding(code, error.message, remedy, { path: error.path ?? [], failure: error });
}

/** Stages of planning, in the order in which a submit tells of trouble: the later often follows from the earlier. */
const stages: FindingCode[][] = [
  ["INPUT_MISSING", "INPUT_OUTSIDE_ROOTS", "INPUT_UNREADABLE", "INPUT_REFUSED"],
  ["VALUE_INVALID", "PROMPT_MISSING", "PROMPT_MODE_INVALID"],
  ["UNRESOLVED_PLACEHOLDER", "UNRESOLVED_LIBRARY_KEY"],
];

/** What a submit answers to these: every issue of the earliest stage that has any. */
export function failureOf(findings: readonly Finding[]): DomainError {
  const blocking = findings.filter(({ isBlocking }) => isBlocking);
  const group =
    stages.map((codes) => blocking.filter(({ code }) => codes.includes(code))).find((some) => some.length > 0) ??
    blocking;
  // Something that is not there, or not the viewer's, is told of as such.
  const lost = group.find(({ failure }) => typeof failure !== "string" && failure.kind === "NotFoundError");
  if (lost) return lost.failure as DomainError;
  const failures = new Set(
    group.map(({ failure, path, message }) =>
      typeof failure === "string" ? ValidationError.at(path, message, failure) : failure,
    ),
  );
  const issues = [...failures].flatMap((failure): FieldIssue[] =>
    failure instanceof ValidationError ? failure.issues : [{ path: failure.path ?? [], message: failure.message }],
  );
  const codes = new Set([...failures].map(({ code }) => code));
  return new ValidationError(issues, codes.size === 1 ? [...codes][0] : "PREFLIGHT_BLOCKED");
}
