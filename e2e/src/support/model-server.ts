import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A chat request, as far as tests look at it. */
interface Asked {
  text: string;
  hasPicture: boolean;
  /** An answer of a JSON Schema is wanted. */
  isStructured: boolean;
}

/** Piece by piece, as a model writes. */
type Answer = AsyncGenerator<string, void, undefined>;

/** A language model server of OpenAI's protocol that says what the test lets it say, when the test lets it. */
export interface ModelServer extends AsyncDisposable {
  url: string;
  /** Refuses a request by throwing. */
  answer: (asked: Asked) => Answer;
  /** Nothing listens any more. */
  stop: () => Promise<void>;
  /** Listens again, where it did. */
  start: () => Promise<void>;
}

export const modelName = "dictated-model";

export async function startModelServer(): Promise<ModelServer> {
  let port = 0;
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: error.message } }));
    });
  });
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ object: "list", data: [{ id: modelName, object: "model" }] }));
      return;
    }
    const body = JSON.parse(await textOf(request)) as ChatRequest;
    const pieces = models.answer(readRequest(body));
    await (body.stream ? stream(pieces, response) : complete(pieces, response));
  };
  const models: ModelServer = {
    url: "",
    answer: async function* () {
      yield "Nothing was dictated.";
    },
    start: async () => {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      port = (server.address() as AddressInfo).port;
      models.url = `http://127.0.0.1:${port}/v1`;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
    [Symbol.asyncDispose]: () => models.stop(),
  };
  await models.start();
  return models;
}

interface ChatRequest {
  stream?: boolean;
  response_format?: { type: string };
  messages: { role: string; content: string | { type: string; text?: string }[] }[];
}

function readRequest({ messages, response_format }: ChatRequest): Asked {
  const parts = messages.flatMap(({ content }) =>
    typeof content === "string" ? [{ type: "text", text: content }] : content,
  );
  return {
    text: parts.flatMap(({ text }) => text ?? []).join("\n"),
    hasPicture: parts.some(({ type }) => type === "image_url"),
    isStructured: response_format !== undefined && response_format.type !== "text",
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };
const frame = { id: "chatcmpl-dictated", created: 0, model: modelName };

async function complete(pieces: Answer, response: ServerResponse): Promise<void> {
  let content = "";
  for await (const piece of pieces) content += piece;
  response.setHeader("content-type", "application/json");
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
  response.end(JSON.stringify({ ...frame, object: "chat.completion", choices, usage }));
}

async function stream(pieces: Answer, response: ServerResponse): Promise<void> {
  const send = (data: object) => response.write(`data: ${JSON.stringify({ ...frame, ...data })}\n\n`);
  const choice = (delta: object, finish: string | null) => ({
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  response.writeHead(200, { "content-type": "text/event-stream" });
  for await (const piece of pieces) send(choice({ role: "assistant", content: piece }, null));
  send(choice({}, "stop"));
  send({ object: "chat.completion.chunk", choices: [], usage });
  response.end("data: [DONE]\n\n");
}
