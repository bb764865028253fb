import { postWebhook, type PostOptions } from "#domains/webhooks/post-webhook.ts";
import { startReceiver } from "#test/webhook-receiver.ts";

let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver[Symbol.asyncDispose]());

const options: PostOptions = {
  allowPrivate: true,
  timeoutMs: 5_000,
  resolve: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
};
const post = (url: string, given: Partial<PostOptions> = {}) => postWebhook(url, {}, "{}", { ...options, ...given });

test.each([
  "http://127.0.0.1/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://10.1.2.3/",
  "http://172.20.0.1/",
  "http://192.168.1.1/",
  "http://100.64.0.1/",
  "http://[fd12::5]/",
  "http://[64:ff9b::a00:1]/",
])("%s is not sent to unless private addresses are allowed", async (url) => {
  expect(await post(url, { allowPrivate: false })).toMatchObject({
    status: null,
    error: expect.stringContaining("CALLSHEET_WEBHOOK_ALLOW_PRIVATE"),
  });
});

test.each([
  "http://169.254.169.254/latest",
  "http://0.0.0.0/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://[fe80::1]/",
  "http://[ff02::1]/",
  "http://metadata.google.internal/",
  "ftp://studio.example/",
])("%s is never sent to", async (url) => {
  expect(await post(url)).toMatchObject({ status: null, error: expect.stringMatching(/address/) });
});

test("a name is resolved once and the connection goes to that address, whatever the name stands for later", async () => {
  const answers = ["127.0.0.1", "169.254.169.254"];
  let asked = 0;
  const resolve = () => Promise.resolve([{ address: answers[asked++] ?? "", family: 4 }]);
  const url = `http://rebinding.example:${receiver.port}/hook?token=1`;
  expect(await post(url, { resolve })).toMatchObject({ status: 200, body: "thanks", error: null });
  expect(asked).toBe(1);
  expect(receiver.received).toMatchObject([
    { path: "/hook?token=1", headers: { host: `rebinding.example:${receiver.port}` } },
  ]);
  expect(await post(url, { resolve })).toMatchObject({ status: null, error: expect.stringContaining("metadata") });
  expect(receiver.received).toHaveLength(1);
});

test("a name with one good and one refused address is refused", async () => {
  const addresses = [
    { address: "127.0.0.1", family: 4 },
    { address: "fe80::1", family: 6 },
  ];
  const url = `http://mixed.example:${receiver.port}/`;
  expect((await post(url, { resolve: () => Promise.resolve(addresses) })).error).toContain("link-local");
  expect(receiver.received).toHaveLength(0);
});

test("a redirect is not followed", async () => {
  receiver.answer((response) => response.writeHead(302, { location: receiver.url }).end());
  expect(await post(receiver.url)).toMatchObject({ status: 302, error: expect.stringContaining("not followed") });
  expect(receiver.received).toHaveLength(1);
});

test("of a body without end the first KiB is read", async () => {
  receiver.answer((response) => {
    const more = (): void => {
      while (response.write("x".repeat(65_536)));
    };
    response.writeHead(200).on("drain", more);
    more();
  });
  expect((await post(receiver.url)).body).toBe("x".repeat(1_024));
});

test("who does not answer in time is left alone, also when only the body does not end", async () => {
  receiver.answer(() => undefined);
  expect(await post(receiver.url, { timeoutMs: 50 })).toMatchObject({ status: null, error: "No answer within 0.05 s" });
  receiver.answer((response) => void response.writeHead(200).write("a"));
  expect((await post(receiver.url, { timeoutMs: 50 })).error).toBe("No answer within 0.05 s");
  expect(
    (await post("http://slow-names.example/", { timeoutMs: 50, resolve: () => new Promise(() => undefined) })).error,
  ).toBe("No answer within 0.05 s");
});
