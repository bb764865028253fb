/** What the simulator does wrong, until it is told to stop. */
export type LlmFault =
  /** Answers with this status, as an overloaded or broken server does. */
  | { kind: "status"; status: number; headers?: Record<string, string> }
  /** A success whose body is no JSON. */
  | { kind: "malformed-body" }
  /** A proper answer whose text is this: not JSON where JSON was asked for, say. */
  | { kind: "text"; text: string; finishReason?: "stop" | "length" }
  /** The connection ends in the middle of the answer. */
  | { kind: "half-stream" }
  /** Half of a streamed answer, and then nothing more. */
  | { kind: "stalled-stream" }
  /** Takes the request and never answers. */
  | { kind: "hang" };
