import { InkformError } from "../../core/inkform-error.ts";
import { crc32 } from "./crc32.ts";
import { cutIntoPieces, type Pieces } from "./pieces.ts";

/**
 * The frame of an .ink file (model or checkpoint), all numbers little-endian:
 *
 *   8 bytes  89 49 4E 4B 4D 0D 0A 1A   magic; like PNG's it shows damage by text-mode transfer
 *   uint32   version                   1; 2 for a committee, 3 for networks that reshape their images, 4 for ones that look at them several times: readers of older versions would not expect it
 *   uint32   bytes of the header
 *   ...      header                    JSON, UTF-8, padded with spaces so that the payload starts at a multiple of 8
 *   ...      payload                   numbers, as the header says
 *   uint32   CRC-32 of all before it
 */
const MAGIC = Uint8Array.of(0x89, 0x49, 0x4e, 0x4b, 0x4d, 0x0d, 0x0a, 0x1a);
/** The newest that is read. */
const VERSION = 4;
const PREFIX = 16;
const CHECKSUM = 4;

/**
 * The file, formed as it is read; its payloads, too, are read only then.
 * @param version the oldest that can hold this content, so that older programs read what they can
 */
export function encodeContainer(header: unknown, payloads: readonly (Pieces | Uint8Array)[], version = 1): Pieces {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const start = new Uint8Array(PREFIX + headerBytes).fill(0x20, PREFIX);
  const view = new DataView(start.buffer);
  start.set(MAGIC);
  view.setUint32(8, version, true);
  view.setUint32(12, headerBytes, true);
  start.set(json, PREFIX);
  const parts = [start, ...payloads];
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0) + CHECKSUM,
    *read() {
      let sum = 0;
      for (const part of parts) {
        for (const piece of part instanceof Uint8Array ? cutIntoPieces(part) : part.read()) {
          sum = crc32(piece, sum);
          yield piece;
        }
      }
      const checksum = new Uint8Array(CHECKSUM);
      new DataView(checksum.buffer).setUint32(0, sum, true);
      yield checksum;
    },
  };
}

/** @throws InkformError `invalid-file` where it is no .ink file, of another version, or damaged */
export function decodeContainer(bytes: Uint8Array): { header: unknown; payload: Uint8Array } {
  if (bytes.length < PREFIX + CHECKSUM || MAGIC.some((byte, k) => bytes[k] !== byte)) {
    refuse("This is not an Inkform model: the file does not start as an .ink file does. Choose a file saved by Inkform's training.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  const end = bytes.length - CHECKSUM;
  const intact = view.getUint32(end, true) === crc32(bytes.subarray(0, end));
  // A whole file of another version is told from a damaged one.
  if (intact && (version < 1 || version > VERSION)) {
    refuse(
      `The model file has format version ${version}; this Inkform reads versions 1 to ${VERSION}. Use the Inkform it was saved with, or train again.`,
    );
  }
  if (!intact) refuse("The model file is damaged or cut short: its checksum does not match. Copy or download it again.");
  const headerBytes = view.getUint32(12, true);
  if (PREFIX + headerBytes > end) refuse("The model file is damaged: its header is longer than the file.");
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(PREFIX, PREFIX + headerBytes)));
    return { header, payload: bytes.subarray(PREFIX + headerBytes, end) };
  } catch (error) {
    throw new InkformError("invalid-file", "The model file's header cannot be read. Copy or download it again.", error);
  }
}

function refuse(message: string): never {
  throw new InkformError("invalid-file", message);
}
