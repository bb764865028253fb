import { readFile } from "node:fs/promises";
import { startTestPostgres } from "#test/support/postgres.ts";
import { startTestApp } from "#test/test-app.ts";
const s = await startTestPostgres("/work/main/prisma/migrations");
process.env["CALLSHEET_TEST_SERVER"] = s.url;
const app = await startTestApp({ roles: { worker: true }, simulators: [{ stepMs: 5 }] });
try {
  console.log(JSON.stringify(await app.execute(`{ viewer { name role } systemStatus { isPaused pools { name pending machines { name isReachable } } workers { host isAlive } } }`)));
  const source = await readFile("/work/main/examples/workflows/text-to-image.json", "utf8");
  const { importWorkflow: w } = await app.execute(`mutation($s:String!){ importWorkflow(input:{name:"t2i",source:$s}){ ... on ImportWorkflowPayload { workflow { id promptSlots { label slotType defaultText } parameters { key type default } } } ... on Error { message } } }`, { s: source });
  console.log(JSON.stringify(w));
  const r = await app.execute(`mutation($id:ID!){ submitJob(input:{workflowId:$id, tries: 3, params: {steps: 4, positive_prompt: "a red boat"}}){ ... on SubmitJobPayload { job { id status counts { total } } } ... on Error { message code path } } }`, { id: w.workflow.id });
  console.log(JSON.stringify(r));
  for (let n = 0; n < 60; n++) {
    const { job } = await app.execute(`query($id:ID!){ job(id:$id){ status progress counts { pending active succeeded failed } runs { nodes { status progress attempt seed error { code message details } outputs { filename mime width url } executionSecs } } } }`, { id: r.submitJob.job.id });
    if (n % 3 === 0 || ["SUCCEEDED", "FAILED"].includes(job.status)) console.log(JSON.stringify(job));
    if (["SUCCEEDED", "FAILED"].includes(job.status)) break;
    await new Promise((r) => setTimeout(r, 200));
  }
} finally {
  await app[Symbol.asyncDispose]();
  await s.stop();
}
