import { concatBytes } from "../model-file/concat-bytes.ts";

/**
 * What of Protocol Buffers' wire format an ONNX file needs (https://protobuf.dev/programming-guides/encoding/): a message is its fields
 * one after another, a field is a tag (number << 3 | wire type) and its value. Wire type 0 is a varint, 2 is length-delimited: bytes,
 * text and messages alike.
 */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Fields one after another: the content of a message. */
export function message(...fields: readonly (Uint8Array | readonly Uint8Array[])[]): Uint8Array {
  return concatBytes(fields.flat() as Uint8Array[]);
}

/** A whole number of 0 to 2^53 - 1, or an enum. */
export function integer(field: number, value: number): Uint8Array {
  return concatBytes([varint((field << 3) | VARINT), varint(value)]);
}

/** Bytes, or a message inside one. */
export function bytes(field: number, value: Uint8Array): Uint8Array {
  return concatBytes([varint((field << 3) | LENGTH_DELIMITED), varint(value.length), value]);
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. Divided, not shifted: shifts end at 32 bits. */
function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  while (rest >= 128) {
    digits.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  digits.push(rest);
  return Uint8Array.from(digits);
}
