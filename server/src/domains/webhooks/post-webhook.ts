import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { hostOf } from "#domains/machines/logic/machine-url.ts";
import { webhookAddressProblem, webhookUrlProblem } from "#domains/webhooks/logic/webhook-address.ts";
import { toStorable } from "#lib/storable-text.ts";

export interface Address {
  address: string;
  family: number;
}

export interface PostOptions {
  allowPrivate: boolean;
  /** For the whole exchange. */
  timeoutMs: number;
  /** What a host's name stands for. */
  resolve: (host: string) => Promise<Address[]>;
}

/** What came back, or why nothing did. */
export interface Answer {
  /** Null: there was no answer. */
  status: number | null;
  /** Its first KiB. */
  body: string | null;
  /** Null for an answer that says it arrived: any 2xx. */
  error: string | null;
  durationMs: number;
}

export const resolveHost = (host: string): Promise<Address[]> => lookup(host, { all: true });
const bodyBytes = 1_024;

/**
 * Posts a body. The name is resolved once, every address is looked at, and the connection goes to exactly these: a name
 * server that answers otherwise the next time is not asked again. Redirects are not followed.
 */
export async function postWebhook(
  target: string,
  headers: Record<string, string>,
  body: string,
  { allowPrivate, timeoutMs, resolve }: PostOptions,
): Promise<Answer> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  let agent: Agent | undefined;
  const answer = (given: Partial<Answer>): Answer => ({
    status: null,
    body: null,
    error: null,
    ...given,
    durationMs: Math.round(performance.now() - startedAt),
  });
  try {
    const problem = webhookUrlProblem(target, allowPrivate);
    if (problem) return answer({ error: `The address ${problem}` });
    const host = hostOf(new URL(target));
    const addresses =
      isIP(host) === 0 ? await Promise.race([resolve(host), aborted(signal)]) : [{ address: host, family: isIP(host) }];
    const refused = addresses.map(({ address }) => webhookAddressProblem(address, allowPrivate)).find(Boolean);
    if (refused) return answer({ error: `${host} ${refused}` });
    agent = new Agent({ connect: { lookup: pinnedTo(addresses), timeout: timeoutMs } });
    const response = await request(target, { method: "POST", headers, body, dispatcher: agent, signal });
    const text = await firstBytes(response.body);
    const status = response.statusCode;
    return answer({ status, body: toStorable(text) as string, error: problemOf(status) });
  } catch (error) {
    return answer({ error: signal.aborted ? `No answer within ${timeoutMs / 1_000} s` : reasonOf(error) });
  } finally {
    void agent?.destroy().catch(() => undefined);
  }
}

function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? `It answered ${status}; redirects are not followed` : `It answered ${status}`;
}

function reasonOf(error: unknown): string {
  // Of several addresses that were tried each has an error of its own.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return String(toStorable(first instanceof Error ? first.message : String(first))).slice(0, 500);
}

const pinnedTo =
  (addresses: Address[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };

async function firstBytes(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    parts.push(part);
    bytes += part.length;
    // Leaving the loop ends the stream: nobody makes this server read a body without end.
    if (bytes >= bodyBytes) break;
  }
  return Buffer.concat(parts).subarray(0, bodyBytes).toString("utf8");
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
  });
