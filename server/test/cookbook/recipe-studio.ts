import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seedDemoStudio } from "#app/start/seed-demo.ts";
import { simulatedReply } from "#app/start/simulated-reply.ts";
import { startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { startPasswordApp } from "#test/accounts/password-app.ts";
import { pictureBytes } from "#test/queue-studio.ts";

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));

/** What `npm start` shows, for people who sign in, and the folder that the recipes are run in. */
export async function startRecipeStudio() {
  const llm = await startLlmSimulator();
  llm.replyWith(simulatedReply);
  const app = await startPasswordApp({
    roles: { worker: true },
    simulators: [{}],
    config: { llm: llm.settings, webhooks: { allowPrivate: true, webUrl: undefined } },
  });
  await seedDemoStudio(app.deps);
  const cookie = await app.firstAdmin();
  const { data } = await app.ask(
    `mutation { createApiKey(input: { name: "recipes", scope: ADMIN }) { ... on CreateApiKeyPayload { secret } } }`,
    {},
    { cookie },
  );
  const folder = await mkdtemp(join(tmpdir(), "callsheet-recipes-"));
  await symlink(examples, join(folder, "examples"));
  await mkdir(join(folder, "shots"));
  await writeFile(join(folder, "first-frame.png"), await pictureBytes("purple"));
  await writeFile(join(folder, "shots/shot-1.png"), await pictureBytes("red"));
  await writeFile(join(folder, "shots/shot-2.png"), await pictureBytes("blue"));
  return {
    app,
    folder,
    env: { CALLSHEET_URL: app.url, CALLSHEET_API_KEY: data.createApiKey.secret as string },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await llm[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
export type RecipeStudio = Awaited<ReturnType<typeof startRecipeStudio>>;
