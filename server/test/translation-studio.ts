import { simulatedModel, startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";
import { makeWorkStudio } from "#test/work-studio.ts";

export const translationFields = `id status targetLanguage model template parameters text renderedPrompt isImported legacyPromptName
  inputTokens outputTokens elapsedMs startedAt finishedAt promptVersion { number } chapter { number }
  progress { total done } parts { index status sourceText renderedPrompt text outputTokens } error { code message hint }`;

/** A product with a worker and a language model, and a way to wait for what it translates. */
export async function startTranslationStudio() {
  const llm = await startLlmSimulator({ models: [simulatedModel, "other-model"] });
  const app = await startTestApp({ roles: { worker: true }, config: { llm: llm.settings } });
  return {
    llm,
    app,
    makeStudio: (title: string) => makeWorkStudio(app, title),
    read: (id: string) => read(app, id),
    until: (id: string, is: (translation: any) => boolean) => until(app, id, is),
    over: (id: string) => until(app, id, isOver),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await llm[Symbol.asyncDispose]();
    },
  };
}
export type TranslationStudio = Awaited<ReturnType<typeof startTranslationStudio>>;

export const isOver = ({ status }: { status: string }): boolean => !["PENDING", "RUNNING"].includes(status);

async function read(app: TestApp, id: string) {
  const query = `query ($id: ID!) { chapterTranslation(id: $id) { ${translationFields} } }`;
  return (await app.execute(query, { id })).chapterTranslation;
}

/** Waits for an event after which the translation is as wanted. */
export async function until(app: TestApp, id: string, is: (translation: any) => boolean) {
  for (;;) {
    const heard = new Promise<void>((resolve) => {
      const stop = app.deps.bus.subscribe("translation.changed", () => {
        stop();
        resolve();
      });
    });
    const now = await read(app, id);
    if (is(now)) return now;
    await heard;
  }
}
