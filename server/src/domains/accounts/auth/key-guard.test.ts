import { createKeyGuard } from "#domains/accounts/auth/key-guard.ts";

test("an address that tries key after key is not listened to for a minute; others are, and so is it afterwards", async () => {
  let now = 0;
  let looks = 0;
  const guard = createKeyGuard(() => now);
  const look = (found: string | null) => () => {
    looks += 1;
    return Promise.resolve(found);
  };
  for (let n = 0; n < 100; n++) expect(await guard("a", look(null))).toBeNull();
  expect(looks).toBe(60);
  expect(await guard("a", look("key"))).toBeNull();
  expect(await guard("b", look("key"))).toBe("key");
  now += 60_000;
  expect(await guard("a", look("key"))).toBe("key");
});
