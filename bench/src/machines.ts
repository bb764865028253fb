import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Question } from "./machines.child.ts";

/** Simulated machines in another process. */
export interface Machines extends AsyncDisposable {
  urls: string[];
  /** How long each prompt was executed, in ms. */
  executionTimes(): Promise<Map<string, number>>;
}

/** @param stepMs of a sampler; 0 is as fast as it can */
export async function startMachines(count: number, stepMs = 0): Promise<Machines> {
  const child = fork(fileURLToPath(new URL("machines.child.js", import.meta.url)), { stdio: "inherit" });
  const ask = async <Expected extends Answer>(question: Question): Promise<Expected> => {
    const answered = once(child, "message");
    child.send(question);
    return (await answered)[0] as Expected;
  };
  const { urls } = await ask<{ urls: string[] }>({ ask: "start", count, stepMs });
  return {
    urls,
    executionTimes: async () => {
      const { executions } = await ask<Extract<Answer, { executions: unknown }>>({ ask: "executions" });
      return new Map(executions.flatMap(({ promptId, ms }) => (ms === null ? [] : [[promptId, ms] as const])));
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
