import { hashOf } from "./documents.ts";
import { type ApiError, RequestError, UnreachableError } from "./errors.ts";
import type { ClientOptions } from "./options.ts";

interface Answer {
  data?: unknown;
  errors?: readonly ApiError[];
}

const firstWaitSecs = 1;
const longestWaitSecs = 60;

/** Sends operations by POST. */
export function createSender(url: URL, options: ClientOptions) {
  const send = options.fetch ?? fetch;
  const parse = options.parseJson ?? (JSON.parse as (text: string) => unknown);
  const { persisted = false, rateLimitRetries = 3 } = options;

  const post = async (body: object): Promise<unknown> => {
    let response: Response;
    let text: string;
    try {
      response = await send(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/graphql-response+json, application/json",
          ...credentialsOf(options),
        },
        body: JSON.stringify(body),
      });
      text = await response.text();
    } catch (error) {
      throw new UnreachableError(`No Callsheet answers at ${url.origin}`, { cause: error });
    }
    const answer = readAnswer(parse, text);
    if (answer?.errors?.length)
      throw new RequestError(answer.errors, response.status, retryAfterOf(response), answer.data);
    if (answer?.data === undefined || answer.data === null)
      throw new UnreachableError(`What answers at ${url.origin} is not Callsheet (HTTP ${response.status})`);
    return answer.data;
  };

  const postPersisted = async (query: string, variables: unknown) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: await hashOf(query) } };
    try {
      return await post({ variables, extensions });
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== "PERSISTED_QUERY_NOT_FOUND") throw error;
      return post({ query, variables, extensions });
    }
  };

  return async (query: string, variables: unknown): Promise<unknown> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await (persisted ? postPersisted(query, variables) : post({ query, variables }));
      } catch (error) {
        // What was turned away was not run: it may be sent again, mutations too.
        if (!(error instanceof RequestError) || error.code !== "RATE_LIMITED" || attempt >= rateLimitRetries)
          throw error;
        await wait(error.retryAfterSecs ?? firstWaitSecs * 2 ** attempt);
      }
    }
  };
}

/** The headers that say who asks. */
export function credentialsOf({ apiKey }: ClientOptions): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

function readAnswer(parse: (text: string) => unknown, text: string): Answer | undefined {
  try {
    return parse(text) as Answer;
  } catch {
    return undefined;
  }
}

/** Seconds until the moment that the answer names, as a number or a date. */
function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get("retry-after");
  if (header === null) return undefined;
  const secs = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(secs) ? Math.max(secs, 0) : undefined;
}

const wait = (secs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.min(secs, longestWaitSecs) * 1000);
  });
