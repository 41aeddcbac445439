import type { Tx } from "../../db/database.ts";
import type { Runtime } from "../../runtime.ts";
import { lockBlob } from "./lock-blob.ts";

/** A blob that was put, and what is in it. */
export interface PutBlob {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/**
 * For a transaction that makes rows name blobs, before anything else in it: between their being put and now the last row that named the same bytes may have been deleted,
 * and the blob with it. It is put again then, and until the transaction's end nobody deletes it.
 */
export async function holdBlobs({ blobs }: Pick<Runtime, "blobs">, tx: Tx, put: readonly (PutBlob | null)[]): Promise<void> {
  const sorted = put.filter((blob) => blob !== null).sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  for (const { sha256, bytes } of sorted) {
    await lockBlob(tx, sha256);
    if (!(await blobs.has(sha256))) await blobs.put(bytes);
  }
}

/** Puts bytes, if there are any. */
export async function putBytes({ blobs }: Pick<Runtime, "blobs">, bytes: Uint8Array): Promise<PutBlob | null> {
  return bytes.length === 0 ? null : { sha256: (await blobs.put(bytes)).sha256, bytes };
}
