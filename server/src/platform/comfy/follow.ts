import type { ComfyClient } from "./client.ts";
import { ComfyError, ComfyMalformedAnswerError } from "./errors.ts";
import type { ComfyEvent, ComfyPreview } from "./events.ts";
import type { ComfyExecutionError } from "./execution-error.ts";
import type { ComfyJob } from "./job-state.ts";
import type { ComfyFileEntry, ComfyOutputs } from "./outputs.ts";
import { type ComfyProgress, foldProgress, type ProgressFold, startProgress } from "./progress.ts";
import { HeardPrompt } from "./heard-prompt.ts";
import type { ComfySocket } from "./socket.ts";

export type ComfyEnd =
  | { state: "succeeded"; outputs: ComfyOutputs }
  | { state: "failed"; error: ComfyExecutionError; outputs: ComfyOutputs }
  | { state: "interrupted"; outputs: ComfyOutputs }
  /** The machine no longer knows the prompt: restarted, deleted from its queue (a pending cancel too), evicted. */
  | { state: "lost" };

export type FollowOptions = {
  client: Pick<ComfyClient, "job">;
  socket: Pick<ComfySocket, "register" | "unregister" | "registeredAt" | "isOpen" | "lastStatusAt" | "reconnect">;
  /** Accepted by the machine before following starts, and registered with the socket before it was posted. */
  promptId: string;
  nodeCount: number;
  signal?: AbortSignal;
  onProgress?: (progress: ComfyProgress) => void;
  onPreview?: (preview: ComfyPreview) => void;
  /** A node has made these files; more, or the same again, may follow, and the prompt may still fail. */
  onFiles?: (files: readonly ComfyFileEntry[]) => void;
  /** The machine cannot be asked; called on every failed try, with the time since the first one. */
  onUnreachable?: (sinceMs: number, error: ComfyError) => void;
  /** The first answer after that. */
  onReachable?: () => void;
  /** The longest pause between looks when the socket cannot tell; five times that when it can. Default 2 s. */
  pollMs?: number;
  /** How long a socket may keep silent about an accepted prompt before it is replaced. Default 5 s. */
  deafMs?: number;
};

const defaultPollMs = 2_000;
const healthyFactor = 5;
/** After a hint that the end is near: the history entry lags behind by some milliseconds. */
const hintedDelays = [5, 10, 20, 50, 100, 200, 500];
/** The message that guarantees the history entry follows the other hints this closely. */
const hintGraceMs = 30;
const quickestPollMs = 50;
const confirmLostMs = 250;
const defaultDeafMs = 5_000;
const malformedLimit = 6;
const noOutputs: ComfyOutputs = { files: [], texts: [] };

/**
 * Waits for the end of an accepted prompt. A success that the socket has told whole is believed; of everything else it only
 * says when to look, and what the machine answers decides.
 * A machine that does not answer is waited for without limit: the caller sets limits through `signal`.
 * @throws the signal's reason when aborted; ComfyMalformedAnswerError when the machine keeps talking nonsense.
 */
export function followPrompt(options: FollowOptions): Promise<ComfyEnd> {
  return new Promise((resolve, reject) => new Follower(options, resolve, reject).start());
}

class Follower {
  readonly #options: FollowOptions;
  readonly #resolve: (end: ComfyEnd) => void;
  readonly #reject: (error: unknown) => void;
  readonly #pollMs: number;
  #fold: ProgressFold;
  #isOver = false;
  /** Whether the events of this prompt come to this socket: not those of a prompt that another process posted. */
  #hears = false;
  #timer: NodeJS.Timeout | undefined;
  #timerDue = Number.POSITIVE_INFINITY;
  #deafTimer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #lookAgain = false;
  #hinted = false;
  readonly #hearing = new HeardPrompt();
  /** Looks since the last change of circumstances: the step of the back-off. */
  #looks = 0;
  #unknowns = 0;
  #malformed = 0;
  #unreachableSince: number | undefined;

  constructor(options: FollowOptions, resolve: (end: ComfyEnd) => void, reject: (error: unknown) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#pollMs = options.pollMs ?? defaultPollMs;
    this.#fold = startProgress(options.nodeCount);
  }

  start(): void {
    const { socket, promptId, signal } = this.#options;
    if (signal?.aborted === true) return this.#reject(signal.reason);
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    const registeredAt = socket.registeredAt(promptId);
    socket.register(promptId, this.#onEvent);
    if (this.#isOver || this.#hinted) return;
    if (registeredAt === undefined) return void this.#look("start");
    this.#hears = true;
    if (socket.isOpen) {
      // Every accepted prompt makes the machine send `status` to every socket: silence means a deaf one.
      this.#deafTimer = setTimeout(() => {
        if (socket.isOpen && socket.lastStatusAt < registeredAt)
          socket.reconnect("no status after a prompt was accepted");
      }, this.#options.deafMs ?? defaultDeafMs);
    }
    this.#scheduleNext();
  }

  readonly #onAbort = () => this.#finish(() => this.#reject(this.#options.signal?.reason));

  readonly #onEvent = (event: ComfyEvent) => {
    if (this.#isOver) return;
    this.#hearing.take(event);
    switch (event.type) {
      case "succeeded-hint":
      case "end-hint":
      case "error-hint":
      case "interrupted-hint":
        return this.#onHint(event);
      case "disconnected":
      case "reconnected":
        this.#looks = 0;
        return void this.#look("start");
      case "preview":
        return this.#tell(() => this.#options.onPreview?.(event));
      case "executed":
        if (event.outputs.files.length > 0) this.#tell(() => this.#options.onFiles?.(event.outputs.files));
        return this.#onNews(event);
      default:
        return this.#onNews(event);
    }
  };

  #onHint({ type }: ComfyEvent): void {
    const { outputs } = this.#hearing;
    if (type === "succeeded-hint" && outputs) return this.#finish(() => this.#resolve({ state: "succeeded", outputs }));
    this.#hinted = true;
    this.#looks = 0;
    if (type === "end-hint") void this.#look("hint");
    else this.#schedule(hintGraceMs);
  }

  #onNews(event: ComfyEvent): void {
    const fold = foldProgress(this.#fold, event);
    if (fold === this.#fold) return;
    this.#fold = fold;
    this.#tell(() => this.#options.onProgress?.(fold.progress));
  }

  async #look(cause: "start" | "hint" | "timer"): Promise<void> {
    if (this.#isOver) return;
    if (this.#isLooking) {
      // The answer under way may be older than what just happened.
      this.#lookAgain = true;
      return;
    }
    this.#cancelTimer();
    this.#isLooking = true;
    this.#lookAgain = false;
    try {
      const { client, promptId, signal } = this.#options;
      const job = await client.job(promptId, signal === undefined ? {} : { signal });
      this.#isLooking = false;
      if (!this.#isOver) this.#onAnswer(job, cause);
    } catch (error) {
      this.#isLooking = false;
      if (!this.#isOver) this.#onFailure(error);
    }
    if (this.#isOver) return;
    this.#looks += 1;
    if (this.#lookAgain) return void this.#look("hint");
    this.#scheduleNext();
  }

  #onAnswer(job: ComfyJob, cause: "start" | "hint" | "timer"): void {
    this.#malformed = 0;
    if (this.#unreachableSince !== undefined) {
      this.#unreachableSince = undefined;
      this.#looks = 0;
      this.#tell(() => this.#options.onReachable?.());
    }
    this.#unknowns = job.state === "unknown" ? this.#unknowns + 1 : 0;
    if (job.state === "running") this.#onNews({ type: "started" });
    const end = endOf(job, this.#unknowns);
    if (end === undefined) return;
    const { socket } = this.#options;
    const missedEnd = this.#hears && cause === "timer" && !this.#hinted && end.state !== "lost" && socket.isOpen;
    this.#finish(() => this.#resolve(end));
    if (missedEnd) socket.reconnect("the end of a prompt was not announced");
  }

  #onFailure(error: unknown): void {
    if (error instanceof ComfyMalformedAnswerError) {
      this.#malformed += 1;
      if (this.#malformed >= malformedLimit) this.#finish(() => this.#reject(error));
      return;
    }
    if (!(error instanceof ComfyError)) return this.#finish(() => this.#reject(error));
    const now = performance.now();
    if (this.#unreachableSince === undefined) {
      this.#unreachableSince = now;
      this.#looks = 0;
    }
    const sinceMs = Math.round(now - this.#unreachableSince);
    this.#tell(() => this.#options.onUnreachable?.(sinceMs, error));
  }

  #scheduleNext(): void {
    if (this.#unknowns > 0) return this.#schedule(confirmLostMs);
    const backOff = Math.min(quickestPollMs * 2 ** this.#looks, this.#pollMs);
    if (this.#unreachableSince !== undefined || this.#malformed > 0) return this.#schedule(backOff);
    if (this.#hinted) return this.#schedule(hintedDelays[this.#looks - 1] ?? this.#pollMs);
    this.#schedule(this.#hears && this.#options.socket.isOpen ? this.#pollMs * healthyFactor : backOff);
  }

  /** Looks after this delay, unless an earlier look is planned already. */
  #schedule(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (this.#isOver || this.#isLooking || this.#timerDue <= due) return;
    this.#cancelTimer();
    this.#timerDue = due;
    this.#timer = setTimeout(() => void this.#look("timer"), delayMs);
  }

  #cancelTimer(): void {
    clearTimeout(this.#timer);
    this.#timerDue = Number.POSITIVE_INFINITY;
  }

  /** A caller's callback that throws ends the following with its error, not the process. */
  #tell(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.#finish(() => this.#reject(error));
    }
  }

  #finish(settle: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer();
    clearTimeout(this.#deafTimer);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#options.socket.unregister(this.#options.promptId);
    settle();
  }
}

function endOf(job: ComfyJob, unknowns: number): ComfyEnd | undefined {
  const outputs = job.outputs ?? noOutputs;
  switch (job.state) {
    case "succeeded":
    case "interrupted":
      return { state: job.state, outputs };
    case "failed":
      return job.error === undefined ? undefined : { state: "failed", error: job.error, outputs };
    case "unknown":
      return unknowns >= 2 ? { state: "lost" } : undefined;
    default:
      return undefined;
  }
}
