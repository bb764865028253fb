import type { Readable } from "node:stream";

export interface StoredBlob {
  sha256: string;
  bytes: number;
}

/** A file on this machine; what it holds is only sure to be there until it is disposed of. */
export interface LocalFile extends AsyncDisposable {
  readonly path: string;
}

/** Raised while bytes stream in, when more arrive than allowed or announced. */
export class TooManyBytesError extends Error {
  constructor(readonly limit: number) {
    super(`More than ${limit} bytes arrived`);
    this.name = "TooManyBytesError";
  }
}

/** Raised when a stream ends before all announced bytes have come. */
export class TooFewBytesError extends Error {
  constructor(
    readonly arrived: number,
    readonly expected: number,
  ) {
    super(`${arrived} bytes arrived of ${expected}`);
    this.name = "TooFewBytesError";
  }
}

/** Raised when bytes are asked for that are not there, or no longer. */
export class NotStoredError extends Error {
  readonly code = "ENOENT";

  constructor(readonly sha256: string) {
    super(`The storage holds no bytes with the hash ${sha256}`);
    this.name = "NotStoredError";
  }
}

/** The storage does not answer, or says that it is busy: an outage, and waiting helps. */
export class StorageUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StorageUnavailableError";
  }
}

/** The storage refuses, and goes on refusing until a person changes something, or holds something that is wrong. */
export class StorageRefusedError extends Error {
  constructor(
    message: string,
    /** As the storage names it, such as AccessDenied. */
    readonly code: string,
  ) {
    super(message);
    this.name = "StorageRefusedError";
  }
}

/**
 * Content-addressed files. Under its hash a blob is either whole or not there. Each method may throw
 * StorageUnavailableError or StorageRefusedError where files are kept elsewhere.
 */
export interface Storage extends AsyncDisposable {
  readonly kind: "disk" | "s3";
  /** Whether files can be kept and had right now. @throws when they can't */
  check(): Promise<void>;
  /** Streams bytes in and hashes them on the way. @throws TooManyBytesError beyond `limit` bytes; nothing stays then. */
  put(body: Readable, limit: number): Promise<StoredBlob>;
  putBytes(bytes: Uint8Array): Promise<StoredBlob>;
  /** `end` is inclusive, as in HTTP ranges. The stream fails with the code ENOENT where there is nothing. */
  read(sha256: string, range?: { start: number; end: number }): Readable;
  /** @throws NotStoredError */
  bytes(sha256: string): Promise<Uint8Array>;
  /** A blob as a file on this machine, for libraries that read files themselves. @throws NotStoredError */
  localCopy(sha256: string): Promise<LocalFile>;
  has(sha256: string): Promise<boolean>;
  delete(sha256: string): Promise<void>;
  /**
   * Deletes a blob unless somebody has stored the same bytes within the last `untouchedForMs`: whoever is about to
   * record them finds them. @returns whether it is gone
   */
  remove(sha256: string, untouchedForMs: number): Promise<boolean>;
  /** Hashes and sizes of the blobs that nobody has stored again within the last `untouchedForMs`. */
  listUntouched(untouchedForMs: number): AsyncIterable<StoredBlob>;
  /** Deletes what was left half written longer than `untouchedForMs` ago. @returns how much that was */
  sweepTemporary(untouchedForMs: number): Promise<{ files: number; bytes: number }>;
  /**
   * Keeps the bytes of an upload until it is completed. Several streams for one upload do not disturb each other.
   * @throws TooManyBytesError, TooFewBytesError; nothing of that stream stays then
   */
  putUpload(uploadId: string, body: Readable, bytes: number): Promise<StoredBlob>;
  /** The waiting bytes of an upload as a file on this machine. @throws NotStoredError, also when they are a blob already */
  localUpload(uploadId: string, sha256: string): Promise<LocalFile>;
  /** Turns a received upload into a blob. Running it again is harmless. */
  adoptUpload(uploadId: string, sha256: string): Promise<void>;
  /** Removes whatever waits of an upload. */
  deleteUpload(uploadId: string): Promise<void>;
}

/** The same in every storage, so that files can be moved from one to another as they are. */
export const blobKey = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
export const uploadKey = (uploadId: string, sha256: string): string => `uploads/${uploadId}/${sha256}`;
