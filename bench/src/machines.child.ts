import { type Simulator, startSimulator } from "@callsheet/server/platform/comfy/simulator/simulator.ts";

/** What the parent may ask for. */
export type Question = { ask: "start"; count: number; stepMs: number } | { ask: "executions" };
export type Answer = { urls: string[] } | { executions: { promptId: string; ms: number | null }[] };

/** Simulated machines in a process of their own, as a machine is another computer: asked over the channel of `fork`. */
const simulators: Simulator[] = [];
process.on("message", (question: Question) => void answer(question).then((reply) => process.send?.(reply)));

async function answer(question: Question): Promise<Answer> {
  if (question.ask === "start") {
    for (let n = 0; n < question.count; n += 1) simulators.push(await startSimulator({ stepMs: question.stepMs }));
    return { urls: simulators.map(({ url }) => url) };
  }
  const executions = simulators.flatMap((simulator) => [...simulator.executions]);
  return {
    executions: executions.map(({ promptId, startedAt, endedAt }) => ({
      promptId,
      ms: endedAt === undefined ? null : endedAt - startedAt,
    })),
  };
}

process.on("disconnect", () => void Promise.all(simulators.map((simulator) => simulator[Symbol.asyncDispose]())));
