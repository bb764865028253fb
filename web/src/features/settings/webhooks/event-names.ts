import type { WebhookEvent } from "#gql/graphql.ts";

/** In the order in which they are offered. */
export const webhookEvents: readonly { event: WebhookEvent; name: string; help?: string }[] = [
  { event: "JOB_STARTED", name: "Job started" },
  { event: "JOB_ENDED", name: "Job ended" },
  { event: "RUN_SUCCEEDED", name: "Run succeeded", help: "There may be very many" },
  { event: "RUN_FAILED", name: "Run failed" },
  { event: "TAKE_REVIEW", name: "Take ready for review" },
  { event: "TAKE_DECIDED", name: "Take approved or rejected" },
  { event: "MACHINE_UNREACHABLE", name: "Machine unreachable" },
  { event: "MACHINE_REACHABLE", name: "Machine reachable" },
];

export const eventNames = Object.fromEntries(webhookEvents.map(({ event, name }) => [event, name])) as Record<
  WebhookEvent,
  string
>;
