import type { CallsheetClient } from "./client.ts";
import { TransferError, UnreachableError } from "./errors.ts";
import { CompleteUploadDocument, CreateUploadDocument, type FileFieldsFragment } from "./generated/operations.ts";

export interface UploadInput {
  filename: string;
  /** The bytes. In Node `await openAsBlob(path)` reads a file as it is sent. */
  data: Blob | Uint8Array<ArrayBuffer> | ArrayBuffer;
  /** Found out from the bytes unless said. */
  mime?: string | undefined;
  /** The project that may use it; without one only its owner and ADMIN see it. */
  projectId?: string | undefined;
}

export interface Transfer {
  /** The address of the API. */
  base: URL;
  fetch: typeof fetch;
  credentials: Record<string, string>;
}

/**
 * Makes an asset of a file: announces it, sends its bytes, completes it.
 * @throws MutationError when it is refused, TransferError when its bytes don't arrive
 */
export async function upload(
  client: Pick<CallsheetClient, "mutate">,
  transfer: Transfer,
  { filename, data, mime, projectId }: UploadInput,
): Promise<FileFieldsFragment> {
  const body = data instanceof Blob ? data : new Blob([data]);
  const { uploadId, uploadUrl, headers } = await client.mutate(CreateUploadDocument, {
    input: { filename, bytes: body.size, mime: mime ?? null, projectId: projectId ?? null },
  });
  await transferFile(transfer, uploadUrl, { method: "PUT", headers: headers as Record<string, string>, body });
  return (await client.mutate(CompleteUploadDocument, { input: { uploadId } })).asset;
}

/**
 * Sends or fetches a file.
 * @param url as the API gave it, from its root
 * @throws TransferError for every answer but a good one
 */
export async function transferFile(transfer: Transfer, url: string, init: RequestInit = {}): Promise<Response> {
  const target = new URL(url, transfer.base);
  // The key is for the API alone, wherever that has its files.
  const credentials = target.origin === transfer.base.origin ? transfer.credentials : {};
  let response: Response;
  try {
    response = await transfer.fetch(target, {
      ...init,
      headers: { ...(init.headers as Record<string, string> | undefined), ...credentials },
    });
  } catch (error) {
    throw new UnreachableError(`Nobody answers at ${target.origin}`, { cause: error });
  }
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  throw new TransferError(said.message ?? `HTTP ${response.status}`, response.status, said.code);
}
