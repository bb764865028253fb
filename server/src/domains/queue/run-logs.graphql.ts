import { RunLogLevel } from "#platform/db/generated/enums.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { RunType } from "#domains/queue/runs.graphql.ts";
import { type RunEvent, runEvents } from "#domains/queue/run-log.ts";
import { type RunLogRow, runLogCountLoader, runLogPageLoader } from "#domains/queue/run-logs.loaders.ts";
import { watchRunLog } from "#domains/queue/watch-run-log.ts";
import { builder } from "#graphql/builder.ts";
import { cursorPart, readPage, toConnection, writeCursor } from "#graphql/connection.ts";
import { requireId } from "#graphql/ids.ts";

const RunLogLevelType = builder.enumType(RunLogLevel, {
  name: "RunLogLevel",
  description: "How much a line matters.",
  values: {
    INFO: { description: "The usual way of a run." },
    WARNING: { description: "Not as planned; the run goes on by itself." },
    ERROR: { description: "The run has failed." },
  },
});

const descriptions: Record<RunEvent, string> = {
  TAKEN: "A worker prepares it for a machine with a free place.",
  TAKEN_OVER: "Another worker goes on with what a gone one had begun.",
  ACCEPTED: "The machine accepted the prompt.",
  STARTED: "The machine executes it.",
  EXECUTED: "The machine is done; outputs are fetched.",
  SUCCEEDED: "All outputs are stored.",
  FAILED: "It failed, and no automatic attempt is left.",
  RETRIED: "It failed for a passing reason and is tried again by itself.",
  MOVED: "It is back in the queue, to go to another machine or again to the same.",
  LET_GO: "Its worker stops and hands it to another one.",
  MACHINE_UNREACHABLE: "Its machine stopped answering; the run waits.",
  STORAGE_UNREACHABLE: "The storage of files stopped answering; the run waits.",
  MACHINE_BACK: "Its machine answers again.",
  CANCEL_ASKED: "A person canceled it while it was in hand.",
  CANCELED: "It was stopped.",
  RETRY_ASKED: "A person put it back into the queue.",
};

const RunEventType = builder.enumType("RunEvent", {
  description: "What happened to a run.",
  values: Object.fromEntries(runEvents.map((event) => [event, { description: descriptions[event] }])) as Record<
    RunEvent,
    { description: string }
  >,
});

const RunLogLineType = builder.objectRef<RunLogRow>("RunLogLine").implement({
  description: "One line of a run's log.",
  fields: (t) => ({
    cursor: t.string({
      description: "Where it stands in Run.logs: for its arguments before and after.",
      resolve: (line) => writeCursor([line.id]),
    }),
    at: t.field({ type: "DateTime", description: "When it happened.", resolve: (line) => line.at }),
    attempt: t.exposeInt("attempt", { description: "In which attempt of the run." }),
    level: t.field({ type: RunLogLevelType, description: "How much it matters.", resolve: (line) => line.level }),
    event: t.field({ type: RunEventType, description: "What happened, for programs.", resolve: (line) => line.event }),
    message: t.exposeString("message", { description: "What happened, for people." }),
  }),
});

builder.objectField(RunType, "logs", (t) =>
  t.connection(
    {
      type: RunLogLineType,
      description: "What happened to it, oldest first: at most the newest 5,000 lines. Written within a second.",
      resolve: async (run, args, context) => {
        const page = readPage(args);
        const cursor = cursorPart(page, (id) => /^\d{1,18}$/.test(id));
        const kind = { take: page.take, backward: page.backward, cursor };
        const rows = await runLogPageLoader(context).load(run.id, kind);
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          (line) => [line.id],
          async () => (await runLogCountLoader(context).load(run.id)) ?? 0,
        );
      },
    },
    { name: "RunLogLineConnection", description: "A page of a run's log." },
    { name: "RunLogLineEdge", description: "A line in a page." },
  ),
);

builder.subscriptionField("runLogged", (t) =>
  t.field({
    type: [RunLogLineType],
    description:
      "First the newest 100 lines of a run's log, then each batch of new ones. Does not end by itself: a run can be retried.",
    args: { id: t.arg.id({ required: true, description: "Which run." }) },
    subscribe: (_root, { id }, { deps, viewer }) => watchRunLog(deps, viewer as Viewer, requireId("Run", id)),
    resolve: (lines) => lines,
  }),
);
