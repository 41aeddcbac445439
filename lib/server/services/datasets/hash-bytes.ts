import { createHash } from "node:crypto";

/** Between two pieces the event loop gets its turn. */
const PIECE = 4 << 20;

/** SHA-256 in hexadecimal, without holding up the site for a large file. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    if (bytes.length > PIECE) await new Promise((resolve) => setImmediate(resolve));
  }
  return hash.digest("hex");
}
