import { readFileSync } from "node:fs";
import { newSecret, secretProblem, signedHeaders } from "#domains/webhooks/logic/signature.ts";

type Verify = (secret: string, headers: Record<string, string>, body: string) => boolean;

/** The function that the guide shows to receivers. */
async function shownVerify(): Promise<Verify> {
  const guide = readFileSync(new URL("../../../../../docs/webhooks.md", import.meta.url), "utf8");
  const [, code] = /^```js\n([^]*?)^```$/m.exec(guide) ?? [];
  const asUrl = `data:text/javascript,${encodeURIComponent(code ?? "")}`;
  return ((await import(asUrl)) as { verify: Verify }).verify;
}

test("the guide's function takes what is signed, with either secret, and nothing else", async () => {
  const verify = await shownVerify();
  const [secret, former] = [newSecret(), newSecret()];
  const headers = signedHeaders("id", new Date(), "{}", [secret, former]);
  expect(verify(secret, headers, "{}")).toBe(true);
  expect(verify(former, headers, "{}")).toBe(true);
  expect(verify(newSecret(), headers, "{}")).toBe(false);
  expect(verify(secret, headers, "{ }")).toBe(false);
  expect(verify(secret, { ...headers, "webhook-id": "other" }, "{}")).toBe(false);
  expect(verify(secret, signedHeaders("id", new Date(0), "{}", [secret]), "{}")).toBe(false);
});

test("a secret of one's own has to be long enough and whole", () => {
  expect(secretProblem(newSecret())).toBeNull();
  for (const text of ["", "whsec_", "whsec_c2hvcnQ=", newSecret().slice(6), `${newSecret()}!`])
    expect(secretProblem(text)).not.toBeNull();
});
