export { type AskOptions, type CallsheetClient, createClient } from "./client.ts";
export type { Document } from "./documents.ts";
export {
  type ApiError,
  CallsheetError,
  type ErrorCode,
  errorCodes,
  type Failure,
  type FailureKind,
  type Issue,
  MutationError,
  RequestError,
  TransferError,
  UnreachableError,
} from "./errors.ts";
export type { UploadInput } from "./files.ts";
export type { EndedJob, SubmitAndWaitInput, WaitOptions } from "./jobs.ts";
export type { ClientOptions } from "./options.ts";
export type { ConnectionPage } from "./pages.ts";
export { type Payload, payloadOf } from "./results.ts";
export * from "./generated/operations.ts";
