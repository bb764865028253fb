import type { Viewer } from "#domains/accounts/viewer.ts";
import { ExecutionType } from "#domains/stories/executions/executions.graphql.ts";
import { type ExecutionEvent, watchExecutions } from "#domains/stories/executions/watch-executions.ts";
import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";

/** Executions that one subscription names at most. */
const maxIds = 50;

const ExecutionEventType = builder.objectRef<ExecutionEvent>("ExecutionEvent").implement({
  description: "A change of an execution, of its parts, or of the runs that make them.",
  fields: (t) => ({
    executionId: t.id({
      description: "Which execution.",
      resolve: ({ executionId }) => encodeId("Execution", executionId),
    }),
    execution: t.field({
      type: ExecutionType,
      nullable: true,
      description: "The execution as it is now; null when it is gone.",
      resolve: ({ execution }) => execution,
    }),
  }),
});

builder.subscriptionField("executionUpdated", (t) =>
  t.field({
    type: ExecutionEventType,
    description:
      "Executions as they and their runs go on, at most ~10 events a second per subscriber (coalesced, the last state always delivered); first each as it is now.",
    args: { ids: t.arg.idList({ required: true, description: `Which ones, 1 to ${maxIds}.` }) },
    subscribe: async (_root, { ids }, { deps, viewer }) => {
      if (ids.length > maxIds) throw ValidationError.at(["ids"], `at most ${maxIds} executions are watched at once`);
      const executionIds = ids.map((id, index) => requireId("Execution", id, ["ids", String(index)]));
      const found = await deps.db.prisma.execution.findMany({
        where: { AND: [{ id: { in: executionIds } }, visibleOfBranch(viewer)] },
        select: { id: true },
      });
      const known = new Set(found.map(({ id }) => id));
      const missing = executionIds.findIndex((id) => !known.has(id));
      if (missing >= 0) throw new NotFoundError("The execution", ["ids", String(missing)]);
      return watchExecutions(deps, viewer as Viewer, executionIds);
    },
    resolve: (event) => event,
  }),
);
