import { readOrigin } from "#domains/takes/logic/origin.ts";

const take = "0190f0f0-0000-7000-8000-000000000001";
const job = "0190f0f0-0000-7000-8000-000000000002";

test("a machine's file names its job, one of ours its take", () => {
  expect(readOrigin([{ name: "callsheet", text: `{"runId":"x","jobId":"${job}"}` }])).toEqual({
    takeId: null,
    jobIds: [job],
  });
  expect(readOrigin([{ name: "callsheet", text: `{"takeId":"${take}","jobIds":["${job}"]}` }])).toEqual({
    takeId: take,
    jobIds: [job],
  });
});

test("in WebP the name is a part of the text", () => {
  expect(readOrigin([{ name: "Make", text: `callsheet:{"jobId":"${job}"}` }])).toMatchObject({ jobIds: [job] });
});

test.each([
  [{ name: "callsheet", text: "no JSON" }],
  [{ name: "callsheet", text: '{"takeId":"of no form"}' }],
  [{ name: "prompt", text: "{}" }],
])("what says nothing of the kind has no origin: %j", (text) => {
  expect(readOrigin([text])).toBeNull();
});
