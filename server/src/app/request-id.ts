import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What may stand in a log as somebody else's id: no spaces, no quotes, not long. */
const form = /^[\w.:+/=@-]{1,128}$/;

/** The id that a client or a proxy has given a request, so that both logs can be put together; a new one when there is none. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && form.test(given) ? given : randomUUID();
}
