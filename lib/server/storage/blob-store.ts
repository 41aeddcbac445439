import type { Readable } from "node:stream";

/** What was stored: the key, and how many bytes it has. */
export interface StoredBlob {
  /** Lower-case hexadecimal SHA-256 of the bytes: the blob's key. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Bytes that were received and hashed but are no blob yet. */
export interface StagedBlob extends StoredBlob {
  read(): Promise<Uint8Array>;
  /** Makes it a blob; resolves when it will survive a crash. */
  keep(): Promise<StoredBlob>;
  /** Drops it. After `keep` it does nothing. A staged blob that was neither kept nor dropped is gone after the next start. */
  discard(): Promise<void>;
}

/**
 * Bytes by their SHA-256; never changed once written, and the same bytes are there once. A database row that names a blob is written after
 * `put` answered, so that what a row names exists; a blob that no row names is harmless.
 */
export interface BlobStore {
  /**
   * Receives bytes without making them a blob, for what must be looked at first: an upload may be a duplicate, or hold what must not be kept.
   * @throws as `put`
   */
  stage(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<StagedBlob>;
  /**
   * Resolves when the bytes will survive a crash.
   * @throws InkformError `unavailable` where the disk is full (nothing half-written stays), or whatever the stream threw.
   */
  put(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredBlob>;
  /** @throws InkformError `not-found` */
  get(sha256: string): Promise<Uint8Array>;
  /** @throws InkformError `not-found` */
  stream(sha256: string): Promise<{ stream: Readable; bytes: number }>;
  has(sha256: string): Promise<boolean>;
  /** A missing blob is no error. */
  delete(sha256: string): Promise<void>;
}
