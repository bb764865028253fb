import { cleanUp, planCleanup } from "#domains/retention/cleanup.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
beforeAll(async () => {
  studio = await startQueueStudio({ config: { retention: { stagedDays: 14, outputDays: null, cron: "0 4 * * *" } } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const rules = async () =>
  (await studio.execute("{ retention { schedule rules { kind keepDays configuredDays changedAt } } }")).retention;
const change = async (name: "setRetentionRule" | "resetRetentionRule", input: object, viewer = studio.admin) => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const answer = await studio.execute(
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { __typename
       ... on ${type}Payload { rule { keepDays changedAt } } ... on ValidationError { issues { path message } } } }`,
    { input },
    { viewer },
  );
  return answer.result;
};

test("the configuration holds until people change a rule, and again when they take that back", async () => {
  expect(await rules()).toEqual({
    schedule: "0 4 * * *",
    rules: [
      { kind: "STAGED", keepDays: 14, configuredDays: 14, changedAt: null },
      { kind: "OUTPUT", keepDays: null, configuredDays: null, changedAt: null },
    ],
  });
  expect(await change("setRetentionRule", { kind: "OUTPUT", keepDays: 90 })).toMatchObject({ rule: { keepDays: 90 } });
  expect(await change("setRetentionRule", { kind: "STAGED" })).toMatchObject({ rule: { keepDays: null } });
  expect(await rules()).toMatchObject({
    rules: [
      { keepDays: null, configuredDays: 14, changedAt: expect.any(String) },
      { keepDays: 90, configuredDays: null, changedAt: expect.any(String) },
    ],
  });
  for (const kind of ["STAGED", "OUTPUT"]) await change("resetRetentionRule", { kind });
  expect(await rules()).toMatchObject({ rules: [{ keepDays: 14 }, { keepDays: null }] });
});

test("days are whole, at least one, and for admins to say", async () => {
  for (const keepDays of [0, -3, 40_000]) {
    expect(await change("setRetentionRule", { kind: "STAGED", keepDays })).toMatchObject({
      __typename: "ValidationError",
      issues: [{ path: ["keepDays"] }],
    });
  }
  const creator = await studio.person("CREATOR");
  expect(await change("setRetentionRule", { kind: "STAGED", keepDays: 1 }, creator)).toEqual({
    __typename: "ForbiddenError",
  });
  expect(await rules()).toMatchObject({ rules: [{ keepDays: 14 }, {}] });
});

test("clean-ups go by the rule that was set, and refuse when the plan is another one than was agreed to", async () => {
  const workflowId = await studio.workflow("Invert", invertGraph);
  const assetId = await studio.picture("red.png", "red");
  const jobId = await studio.submit({ workflowId, inputs: [{ assetId: encodeId("Asset", assetId) }] });
  await studio.untilEnded(jobId);
  const { prisma } = studio.deps.db;
  await prisma.job.update({ where: { id: jobId }, data: { finishedAt: new Date(Date.now() - 5 * 86_400_000) } });
  expect(await planCleanup(studio.deps)).toMatchObject({ files: 0 });
  await change("setRetentionRule", { kind: "OUTPUT", keepDays: 3 });
  expect(await planCleanup(studio.deps)).toMatchObject({ files: 1, largest: [{ kind: "OUTPUT" }] });
  await expect(cleanUp(studio.deps, studio.admin, 2)).rejects.toMatchObject({
    code: "PLAN_CHANGED",
    path: ["expectedFiles"],
  });
  expect(await prisma.cleanup.count()).toBe(0);
  await cleanUp(studio.deps, studio.admin, 1);
  expect(await prisma.asset.count({ where: { kind: "OUTPUT", removedAt: { not: null } } })).toBe(1);
});
