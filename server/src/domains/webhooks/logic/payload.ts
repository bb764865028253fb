import { v5 } from "uuid";
import type { WebhookEvent } from "#platform/db/generated/enums.ts";

/** Something that happened, as it was read from the database. */
export interface FoundEvent {
  event: WebhookEvent;
  /** Says which happening it is: the same whenever it is found. */
  key: string;
  at: Date;
  /** Null: of no project; undefined: of the whole studio, so that webhooks of every project hear of it. */
  projectId: string | null | undefined;
  data: object;
}

/** Changes when a receiver would have to. */
const payloadVersion = 1;

const eventNamespace = "6f0a2d5c-6f86-4b1e-9c0e-3d1f8a52c7b4";

export const eventIdOf = ({ event, key }: Pick<FoundEvent, "event" | "key">): string =>
  v5(`${event} ${key}`, eventNamespace);

/** The name that travels: job.ended for JOB_ENDED. */
export const eventName = (event: WebhookEvent): string => event.toLowerCase().replace("_", ".");

/** The body that is sent and signed. */
export function payloadOf(found: FoundEvent): string {
  return bodyOf(eventName(found.event), eventIdOf(found), found.at, found.data);
}

/** What a test sends: nothing has happened. */
export function pingPayload(deliveryId: string, at: Date, webhook: { id: string; name: string }): string {
  return bodyOf("ping", deliveryId, at, { webhook });
}

function bodyOf(type: string, id: string, at: Date, data: object): string {
  return JSON.stringify({ type, version: payloadVersion, id, timestamp: at.toISOString(), data });
}
