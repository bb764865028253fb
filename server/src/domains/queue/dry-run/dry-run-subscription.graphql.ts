import type { Viewer } from "#domains/accounts/viewer.ts";
import { WorkflowType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import { watchThings } from "#graphql/watch.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { Workflow, WorkflowDryRun } from "#platform/db/generated/client.ts";

interface DryRunEvent {
  workflow: Workflow;
  latest: Pick<WorkflowDryRun, "id" | "status"> | null;
}

const looks = createSharedLooks<DryRunEvent>(async ({ db }, _viewer, id) => {
  const workflow = await db.prisma.workflow.findUnique({ where: { id } });
  if (!workflow) return null;
  const latest = await db.prisma.workflowDryRun.findFirst({
    where: { version: { workflowId: id } },
    orderBy: { id: "desc" },
    select: { id: true, status: true },
  });
  return { workflow, latest };
});

builder.subscriptionField("dryRunUpdated", (t) =>
  t.field({
    type: WorkflowType,
    description:
      "First the workflow as it is now, then again whenever a dry run of one of its versions began or ended.",
    args: { workflowId: t.arg.id({ required: true, description: "Which workflow." }) },
    subscribe: async (_root, { workflowId }, { deps, viewer }) => {
      const id = requireId("Workflow", workflowId, ["workflowId"]);
      if (!(await looks.look(deps, viewer as Viewer, id))) throw new NotFoundError("The workflow", ["workflowId"]);
      return watchThings(
        [id],
        (changed) =>
          deps.bus.subscribe("dryRun.changed", (event) => {
            looks.forget(deps.bus, event.workflowId);
            changed(event.workflowId);
          }),
        async () => (await looks.look(deps, viewer as Viewer, id)) ?? undefined,
        ({ workflow, latest }) => `${workflow.status} ${latest?.id} ${latest?.status}`,
      );
    },
    resolve: ({ workflow }) => workflow,
  }),
);
