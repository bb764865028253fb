import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PasswordApp, startPasswordApp } from "#test/accounts/password-app.ts";
import { runCli } from "#test/cli/run-cli.ts";

let app: PasswordApp;
let home: string;
let key: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "callsheet-home-"));
  app = await startPasswordApp();
  const { data } = await app.ask(
    'mutation { createApiKey(input: { name: "cli", scope: ADMIN }) { ... on CreateApiKeyPayload { secret } } }',
    {},
    { cookie: await app.firstAdmin() },
  );
  key = data.createApiKey.secret;
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

const cli = (args: string[], env: Record<string, string> = {}) => runCli(args, { XDG_CONFIG_HOME: home, ...env });
const file = () => join(home, "callsheet/login.json");

test("a key in the environment signs a command in, a wrong one does not", async () => {
  const status = (CALLSHEET_API_KEY: string) => cli(["--url", app.url, "status"], { CALLSHEET_API_KEY });
  expect(await status(key)).toMatchObject({ code: 0, err: "" });
  expect(await status("cs_wrong")).toMatchObject({
    code: 1,
    err: expect.stringContaining("UNAUTHENTICATED") as string,
  });
});

test("login keeps address and key for later commands, for nobody else to read, and logout forgets them", async () => {
  const signedIn = await cli(["--url", app.url, "login"], { CALLSHEET_API_KEY: key });
  expect(signedIn).toMatchObject({ code: 0, out: "" });
  expect(signedIn.err).toContain("as Ada");
  expect(signedIn.err).not.toContain(key);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file(), "utf8"))).toEqual({ url: app.url, key });
  expect(await cli(["status"])).toMatchObject({ code: 0, err: "" });
  expect(await cli(["logout"])).toMatchObject({ code: 0 });
  expect(await cli(["--url", app.url, "status"])).toMatchObject({ code: 1 });
});

test("a key that is not good there is not kept", async () => {
  const wrong = await cli(["--url", app.url, "login"], { CALLSHEET_API_KEY: `cs_${"x".repeat(43)}` });
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("UNAUTHENTICATED") as string });
  expect(await cli(["--url", app.url, "login"], { CALLSHEET_API_KEY: "hunter2" })).toMatchObject({ code: 2 });
  await expect(stat(file())).rejects.toThrow("ENOENT");
});

test("a kept key goes to no other address", async () => {
  await cli(["--url", app.url, "login"], { CALLSHEET_API_KEY: key });
  const other = app.url.replace("127.0.0.1", "localhost");
  expect(await cli(["--url", other, "status"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("UNAUTHENTICATED") as string,
  });
});
