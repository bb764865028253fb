import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import { type FieldIssue, ValidationError } from "#lib/domain-error.ts";

export type ExecutionStage = "IMAGES" | "VIDEOS";
export type ExecutionFindingCode =
  | "PROMPT_NAME_MISSING"
  | "PROMPTS_UNMAPPED"
  | "LIBRARY_KEY_UNKNOWN"
  | "VALUE_UNUSED"
  | "RUN";

/** Something that stands against an execution, or should be looked at first. */
export interface ExecutionFinding {
  code: ExecutionFindingCode;
  stage: ExecutionStage;
  isBlocking: boolean;
  message: string;
  remedy: string;
  /** Numbers of the scenes that it is about, from 1. */
  sceneNumbers: number[];
  /** For a missing name: those that there are, the nearest first. */
  suggestions: string[];
  /** What it is at the runs, with the code RUN. */
  run: Finding | null;
}

/** Names that a message lists at most. */
const maxListed = 30;
/** Issues of an error at most. */
const maxIssues = 50;

/** Gathers findings; the same about several scenes is one. */
export class ExecutionFindings {
  readonly #byKey = new Map<string, ExecutionFinding>();

  add(
    finding: Omit<ExecutionFinding, "sceneNumbers" | "suggestions" | "run"> & Partial<ExecutionFinding>,
    scene?: number,
  ): void {
    const key = [finding.code, finding.stage, finding.message].join("\0");
    const known = this.#byKey.get(key) ?? { suggestions: [], run: null, ...finding, sceneNumbers: [] };
    this.#byKey.set(key, known);
    if (scene !== undefined && known.sceneNumbers.at(-1) !== scene) known.sceneNumbers.push(scene);
  }

  addMissingName(
    stage: ExecutionStage,
    { number, title }: { number: number; title: string },
    { slotLabel, name }: { slotLabel: string; name: string },
    names: readonly string[],
  ): void {
    const listed = names.slice(0, maxListed).map((each) => `"${each}"`);
    const more = names.length > maxListed ? ` and ${names.length - maxListed} more` : "";
    const known = names.length === 0 ? "it has none" : `there are ${listed.join(", ")}${more}`;
    this.add(
      {
        code: "PROMPT_NAME_MISSING",
        stage,
        isBlocking: true,
        message: `Scene ${number} "${title}" has no prompt or composition "${name}" for the slot "${slotLabel}"; ${known}`,
        remedy: "Write that prompt in the scene or its branch, or map the slot to another name.",
        suggestions: nearestNames(name, names),
      },
      number,
    );
  }

  addRun(stage: ExecutionStage, run: Finding, scene: number): void {
    const { isBlocking, message, remedy, suggestions } = run;
    this.add({ code: "RUN", stage, isBlocking, message, remedy, suggestions, run }, scene);
  }

  /** Blocking ones first. */
  get all(): ExecutionFinding[] {
    return [...this.#byKey.values()].toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
  }

  /** @throws ValidationError that lists what stands against it */
  requireNoneBlocking(): void {
    const blocking = this.all.filter(({ isBlocking }) => isBlocking);
    if (blocking.length === 0) return;
    const issues = blocking.slice(0, maxIssues).map(({ stage, message, sceneNumbers, run }): FieldIssue => {
      const path = [stage === "IMAGES" ? "images" : "videos", ...(run?.path ?? [])];
      const scenes = run && sceneNumbers.length > 0 ? ` (scene ${sceneNumbers.slice(0, maxListed).join(", ")})` : "";
      return { path, message: `${message}${scenes}` };
    });
    const codes = new Set(blocking.map(({ code, run }) => (run ? "PREFLIGHT_BLOCKED" : code)));
    throw new ValidationError(issues, codes.size === 1 ? [...codes][0] : "PREFLIGHT_BLOCKED");
  }
}
