import { WorkflowStatusType } from "#domains/workflows/workflows.enums.graphql.ts";
import { WorkflowType } from "#domains/workflows/workflows.graphql.ts";
import { setWorkflowStatus } from "#domains/workflows/workflow-status.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("setWorkflowStatus", {
  description:
    "Says how far a workflow is trusted. TESTED asks for a dry run that passed, PRODUCTION also for a clean validation on every enabled machine of the pool; otherwise the issues list what stands against it.",
  role: "admin",
  input: builder.inputType("SetWorkflowStatusInput", {
    description: "Which workflow, and its new status.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The workflow." }),
      status: t.field({ type: WorkflowStatusType, required: true, description: "The status to set." }),
      pool: t.string({ description: "The pool whose machines must all be able to run it; `default` unless said." }),
    }),
  }),
  payload: payloadOf("SetWorkflowStatusPayload", "workflow", WorkflowType, "The workflow as it is now."),
  resolve: async (input, { deps }) => ({
    workflow: await setWorkflowStatus(deps, {
      id: requireId("Workflow", input.id),
      status: input.status,
      pool: input.pool ?? undefined,
    }),
  }),
});
