import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InkformError } from "../../../core/inkform-error.ts";
import type { MnistFileSpec } from "./mnist-files.ts";

const unpack = promisify(gunzip);

/** Between two pieces the event loop gets its turn: the largest file takes about 0.1 s. */
const PIECE = 4 << 20;

/**
 * Unpacks one of MNIST's files, where it is packed, and checks its sum.
 * @param bytes raw or gzip
 * @param origin where it comes from, for messages: a file name or an address
 * @returns the unpacked bytes
 * @throws InkformError `invalid-file` where it cannot be unpacked or is not that file
 */
export async function checkMnistFile(bytes: Uint8Array, file: MnistFileSpec, origin: string): Promise<Uint8Array> {
  const raw = bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpackFile(bytes, file, origin) : bytes;
  const sum = await md5(raw);
  if (sum === file.md5) return raw;
  const size = raw.length === file.bytes ? "" : ` It has ${raw.length} bytes unpacked instead of ${file.bytes}.`;
  throw new InkformError(
    "invalid-file",
    `${origin}: this is not MNIST's ${file.name}: its MD5 sum is ${sum} instead of ${file.md5}.${size} It was not taken: get the file again, or another copy of it.`,
  );
}

async function unpackFile(bytes: Uint8Array, file: MnistFileSpec, origin: string): Promise<Uint8Array> {
  try {
    return await unpack(bytes, { maxOutputLength: file.bytes + 1 });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    const why = tooLong
      ? `unpacks to more than the ${file.bytes} bytes of ${file.name}`
      : "cannot be unpacked: the gzip data is damaged or cut short";
    throw new InkformError("invalid-file", `${origin}: ${why}. It was not taken: get the file again.`, error);
  }
}

async function md5(bytes: Uint8Array): Promise<string> {
  const hash = createHash("md5");
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return hash.digest("hex");
}
