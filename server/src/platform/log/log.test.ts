import { createLog, type LogOptions } from "#platform/log/log.ts";
import { inScope } from "#platform/work/scope.ts";

/** A log, and what was written to it. */
function record(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  return { lines, log: createLog({ level: "debug", ...options, to: { write: (line) => void lines.push(line) } }) };
}
const last = (lines: string[]) => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>;

test("a line carries the ids of what is being done, however deep inside it is written", async () => {
  const { log, lines } = record();
  await inScope({ ids: { requestId: "r-1" } }, async () => {
    await Promise.resolve();
    await inScope({ ids: { runId: "run-1", attempt: 2 } }, async () => {
      await Promise.resolve();
      log.info("inside");
    });
  });
  expect(last(lines)).toMatchObject({ requestId: "r-1", runId: "run-1", attempt: 2, msg: "inside" });
  log.info("outside");
  expect(last(lines)).not.toHaveProperty("requestId");
});

test.each([
  ["a password in an address", "connect to redis://callsheet:hunter2hunter@10.0.0.5:6379/0 failed", "hunter2hunter"],
  ["a user name with it", "postgresql://director@db/x", "director"],
  ["a bearer token", "sent Authorization: Bearer eyJhbGciOi.abc_def-123", "eyJhbGciOi"],
  ["an API key", "key cs_Zm9vYmFyYmF6cXV4 is not known", "Zm9vYmFyYmF6cXV4"],
  ["a webhook's secret", "whsec_c2VjcmV0c2VjcmV0", "c2VjcmV0c2VjcmV0"],
  ["a session", "cookie callsheet.session_token=abc.def%2Fghi; path=/", "abc.def"],
  ["the signature of a link", "GET /assets/1/x.png?expires=9&signature=q1w2e3r4t5", "q1w2e3r4t5"],
  ["an invitation", "https://studio.example/join#tok-en_123", "tok-en_123"],
])("%s is cut out of a line", (_what, text, secret) => {
  const { log, lines } = record();
  log.warn({ detail: text, err: new Error(text) }, text);
  expect(lines[0]).not.toContain(secret);
  expect(lines[0]).toContain("[hidden]");
  expect(last(lines)).toHaveProperty("msg");
});

test("headers, cookies and keys are cut out of objects, however deep they lie", () => {
  const { log, lines } = record();
  const headers = { Authorization: "Token 123456", cookie: 'a="b"', "set-cookie": "x=y" };
  log.error({ request: { deep: { headers } }, settings: { apiKey: "k-9f8e", password: 'quo"te', secret: "s3" } }, "x");
  expect(lines[0]).not.toMatch(/123456|a=|x=y|k-9f8e|quo|s3/);
  expect(last(lines)).toMatchObject({ settings: { apiKey: "[hidden]", password: "[hidden]" } });
});

test("what the installation is configured with never stands in a line", () => {
  const { log, lines } = record({ secrets: ['pass/wo"rd', "short", "a-signing-secret"] });
  log.error({ err: new Error('wrong: pass/wo"rd, or pass%2Fwo%22rd'), at: "a-signing-secret" }, "short is too short");
  expect(lines[0]).not.toMatch(/pass|signing/);
  expect(last(lines)).toMatchObject({ msg: "short is too short", at: "[hidden]" });
});

test("texts of what is being worked on are left out, unless they may be told", async () => {
  const prompt =
    'A "lantern" seller\nat dusk, rain on the tiles, seventy words more of what nobody but the studio may read';
  const texts = () => [prompt];
  const told = async (showsPrompts: boolean) => {
    const { log, lines } = record({ showsPrompts });
    await inScope({ ids: { runId: "run-1" }, texts }, async () => {
      await Promise.resolve();
      log.warn({ inputs: { text: prompt } }, `refused: ${prompt.slice(0, 80)}`);
    });
    return lines[0] ?? "";
  };
  expect(await told(false)).not.toContain("lantern");
  expect(JSON.parse(await told(false))).toMatchObject({
    inputs: { text: "[prompt]" },
    msg: expect.stringMatching(/^refused: \[prompt\]/),
  });
  expect(await told(true)).toContain("lantern");
});

test("of an error it tells name, message, code and causes, but nothing that a library hung on it", () => {
  const { log, lines } = record();
  const cause = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Failing row contains (a lantern seller)",
  });
  const error = Object.assign(new TypeError("could not store", { cause }), {
    requestBodyValues: { prompt: "a lantern" },
  });
  log.error({ err: error }, "x");
  expect(lines[0]).not.toContain("lantern");
  expect(last(lines)["err"]).toMatchObject({
    type: "TypeError",
    message: "could not store",
    stack: expect.stringContaining("log.test"),
    cause: { code: "23505", message: "duplicate key" },
  });
});

test("a line of a megabyte is looked through in no time", () => {
  const { log, lines } = record({ secrets: ["a-signing-secret"] });
  const begun = performance.now();
  log.info({ text: "a.b-c+".repeat(170_000) }, "x");
  expect(lines).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
