/** CORRUPT: damaged. UNSUPPORTED: no picture or clip that we read. The others say nothing about the file. */
export type MediaProblem = "CORRUPT" | "UNSUPPORTED" | "BUSY" | "TIMEOUT" | "CRASHED";

/** Work on a picture or clip that failed for an expected reason. */
export class MediaError extends Error {
  constructor(
    readonly code: MediaProblem,
    message: string,
  ) {
    super(message);
    this.name = "MediaError";
  }

  /** Whether the same work may succeed later. */
  get isTransient(): boolean {
    return this.code === "BUSY" || this.code === "TIMEOUT" || this.code === "CRASHED";
  }
}
