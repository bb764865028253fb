import { simulatedModel, startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { startTestApp } from "#test/test-app.ts";

const query = "{ llmStatus { isConfigured isReachable isSimulated hint models missing { purpose model } } }";

test("without a language model its status says what to set", async () => {
  await using app = await startTestApp({ config: { llm: undefined } });
  const { llmStatus } = await app.execute(query);
  expect(llmStatus).toMatchObject({ isConfigured: false, isReachable: false, models: [], missing: [] });
  expect(llmStatus.hint).toContain("CALLSHEET_LLM_URL");
  const failed = await app.deps.llm
    .writeText({ purpose: "motion", system: "", prompt: "x" })
    .catch((error: unknown) => error);
  expect(failed).toMatchObject({ kind: "UnavailableError", code: "LLM_UNAVAILABLE" });
});

test("while its server is down the status says what to start", async () => {
  await using app = await startTestApp();
  const { llmStatus } = await app.execute(query);
  expect(llmStatus).toMatchObject({ isConfigured: true, isReachable: false, models: [], missing: [] });
  expect(llmStatus.hint).toMatch(/^Nothing answers at .*: start the server/);
});

test("with one it says what it offers and lacks, and answers are remembered over a restart", async () => {
  await using simulator = await startLlmSimulator();
  const { settings } = simulator;
  const llm = { ...settings, models: { ...settings.models, caption: "seer" } };
  await using app = await startTestApp({ config: { llm } });
  expect((await app.execute(query)).llmStatus).toEqual({
    isConfigured: true,
    isReachable: true,
    isSimulated: true,
    hint: expect.stringContaining("seer"),
    models: [simulatedModel],
    missing: [{ purpose: "CAPTION", model: "seer" }],
  });

  const request = { purpose: "motion", system: "", prompt: "A heron takes off." } as const;
  const { value } = await app.deps.llm.writeText(request);
  await using again = await startTestApp({ beside: app });
  expect(await again.deps.llm.writeText(request)).toMatchObject({ value, isRemembered: true });
  expect(simulator.requests).toHaveLength(1);
});
