import type { Runtime } from "../../runtime.ts";
import { lockBlob } from "./lock-blob.ts";

/** Deletes a blob of a scan or page if no row names it any more. Call it after the commit that took its last name away. */
export async function deleteUnnamedBlob(runtime: Runtime, sha256: string): Promise<void> {
  await runtime.database.transaction(async (tx) => {
    await lockBlob(tx, sha256);
    const scans = await tx.scan.count({ where: { sha256 } });
    const pages = await tx.page.count({ where: { OR: [{ previewSha256: sha256 }, { cropsSha256: sha256 }] } });
    if (scans + pages === 0) await runtime.blobs.delete(sha256);
  });
}
