import { createLiveAddress } from "./live-address.ts";

const answers = (...given: (string | null | Error)[]) => {
  const asked: unknown[] = [];
  const ask: typeof fetch = (input) => {
    asked.push(input);
    const next = given.shift();
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(Response.json({ url: next }));
  };
  return { ask, asked };
};

test("live updates come from where the server says, which is asked once", async () => {
  const { ask, asked } = answers("wss://api.studio.example/graphql");
  const address = createLiveAddress("https://callsheet.studio.example", ask);
  expect(await address()).toBe("wss://api.studio.example/graphql");
  expect(await address()).toBe("wss://api.studio.example/graphql");
  expect(asked).toEqual(["/live-address"]);
});

test.each([
  ["https://callsheet.studio.example", "wss://callsheet.studio.example/graphql"],
  ["http://localhost:3000", "ws://localhost:3000/graphql"],
])("else from the page's own address, at %s too", async (origin, own) => {
  expect(await createLiveAddress(origin, answers(null).ask)()).toBe(own);
});

test("a server that does not answer is asked again before the next connection", async () => {
  const { ask } = answers(new TypeError("Failed to fetch"), "wss://api.studio.example/graphql");
  const address = createLiveAddress("https://callsheet.studio.example", ask);
  expect(await address()).toBe("wss://callsheet.studio.example/graphql");
  expect(await address()).toBe("wss://api.studio.example/graphql");
});
