import { StorageRefusedError, StorageUnavailableError } from "#platform/storage/storage.ts";

/** What the SDK throws, as far as it is the same for all requests. */
interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
  code?: string;
}

const missing = new Set(["NoSuchKey", "NotFound", "NoSuchUpload"]);
const passing = new Set([
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "RequestTimeout",
  "RequestTimeTooSkewed",
  "InternalError",
  "ServiceUnavailable",
  "OperationAborted",
]);

/**
 * Runs a request. Errors of the SDK carry addresses, signatures and ids; ours say what happened and no more.
 * @throws StorageUnavailableError, StorageRefusedError
 */
export async function explained<Answer>(operation: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw asStorageError(operation, error as SdkError);
  }
}

/** Whether a request failed because what it asks for is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof StorageRefusedError && missing.has(error.code);
}

/** Whether the service does not know the request. */
export function isNotOffered(error: unknown): boolean {
  return error instanceof StorageRefusedError && (error.code === "NotImplemented" || error.code === "501");
}

function asStorageError(operation: string, error: SdkError): Error {
  const status = error.$metadata?.httpStatusCode;
  // A file of this machine that could not be read is no matter of the service.
  if (status === undefined && "path" in error) return error;
  const says = error.message && !error.message.startsWith("Unknown") ? `: ${error.message}` : "";
  if (status === undefined) {
    const reason = error.code ?? error.name;
    return reason === "CredentialsProviderError"
      ? new StorageRefusedError("S3: there are no credentials", reason)
      : new StorageUnavailableError(`S3 does not answer (${operation}, ${reason}${says})`);
  }
  // Answers to HEAD have no body that would name the reason.
  const isNamed = !error.name.startsWith("Unknown");
  const text = `S3 answers ${status}${isNamed ? ` ${error.name}` : ""} (${operation}${says})`;
  const isPassing = (status >= 500 && status !== 501) || status === 429 || passing.has(error.name);
  if (isPassing) return new StorageUnavailableError(text);
  return new StorageRefusedError(text, isNamed ? error.name : String(status));
}

/**
 * Why a bucket can't be used, and what to do about it: for whoever configures it.
 * @param error of the request for the bucket itself
 */
export function remedy(error: unknown, { endpoint, bucket }: { endpoint: string | undefined; bucket: string }): string {
  const where = endpoint ? new URL(endpoint).host : "Amazon S3";
  const says = error instanceof Error ? error.message : String(error);
  const advice =
    error instanceof StorageRefusedError
      ? (adviceByCode[error.code] ?? adviceByCode["403"])
      : "Is the service running, and CALLSHEET_S3_ENDPOINT its address as this machine reaches it?";
  return `The bucket "${bucket}" at ${where} can't be used: ${says}.\n    ${advice}`;
}

const keys =
  "Check CALLSHEET_S3_ACCESS_KEY_ID and CALLSHEET_S3_SECRET_ACCESS_KEY, and that they may list, read, write and delete in this bucket.";
const adviceByCode: Record<string, string | undefined> = {
  NotFound: "Create the bucket, or name another one in CALLSHEET_S3_BUCKET.",
  NoSuchBucket: "Create the bucket, or name another one in CALLSHEET_S3_BUCKET.",
  PermanentRedirect: "The bucket is in another region: set CALLSHEET_S3_REGION.",
  "301": "The bucket is in another region: set CALLSHEET_S3_REGION.",
  "403": keys,
};
