import { decodeBase64 } from "../../core/decode-base64.ts";
import { single } from "./generated/wasm-code.ts";
import type { KernelExports } from "./kernel-exports.ts";

/** Memory for one call: its parts' addresses, and all of the memory as bytes. Done with at the next `takeRoom`. */
export interface Room {
  readonly kernels: KernelExports;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each part asked for, from a multiple of 16. */
  readonly at: readonly number[];
}

/** Pictures for one call. Those of `takePicture` are used where they are, others are copied. */
export interface Pictures {
  readonly read?: readonly Uint8Array[];
  /** Written to as a whole: what was in them does not matter. */
  readonly write?: readonly Uint8Array[];
  /** Read, and changed in place. */
  readonly change?: readonly Uint8Array[];
}

/** A room with pictures in it, each one's address by the way it is used. */
export interface PictureRoom extends Room {
  readonly read: readonly number[];
  readonly write: readonly number[];
  readonly change: readonly number[];
  /** Copies back what was written and is not where its picture is. To be called once, before the next `takeRoom`. */
  finish(): void;
}

interface Opened {
  readonly kernels: KernelExports;
  readonly memory: WebAssembly.Memory;
  bytes: Uint8Array<ArrayBuffer>;
  /** Behind the room that was taken last. */
  roomEnd: number;
  /** Pictures lie from here to the end. */
  picturesFrom: number;
}

const PAGE = 65_536;
/** Kernels may touch so much behind a part. */
const SLACK = 64;
/** A page of unusual size leaves no trace: memory can't shrink, so a larger one is let go. */
const MOST_KEPT = 64 * 2 ** 20;
/** Pages' pictures at 300 dpi, five or six of them, with the scan they are drawn from. What is not touched takes no memory. */
const WITH_PICTURES = 64 * 2 ** 20;

let module: WebAssembly.Module | null = null;
let open: Opened | null = null;

/**
 * The kernels, with room in their memory for parts of the given lengths (bytes). There is one memory for all: nothing that is called between
 * this and the last use of the room may take room itself.
 */
export function takeRoom(lengths: readonly number[]): Room {
  if (open !== null && open.bytes.length > MOST_KEPT && open.picturesFrom === open.bytes.length) open = null;
  open ??= instantiate(PAGE);
  const { at, end } = layOut(open, lengths);
  open = withRoom(open, end);
  open.roomEnd = end;
  return { kernels: open.kernels, bytes: open.bytes, at };
}

/** As `takeRoom`, with pictures. */
export function takePictureRoom(lengths: readonly number[], { read = [], write = [], change = [] }: Pictures): PictureRoom {
  const pictures = [...read, ...change, ...write];
  const before = open;
  let places = pictures.map(addressOf);
  let room = takeRoom([...lengths, ...pictures.map(({ length }, i) => (places[i] === null ? length : 0))]);
  // It took another, larger memory: no picture is in that.
  if (open !== before && places.some((place) => place !== null)) {
    places = pictures.map(() => null);
    room = takeRoom([...lengths, ...pictures.map(({ length }) => length)]);
  }
  const { kernels, bytes, at } = room;
  const all = places.map((place, i) => place ?? at[lengths.length + i]);
  const [readEnd, changeEnd] = [read.length, read.length + change.length];
  for (let i = 0; i < changeEnd; i++) if (places[i] === null) bytes.set(pictures[i], all[i]);
  return {
    kernels,
    bytes,
    at: at.slice(0, lengths.length),
    read: all.slice(0, readEnd),
    change: all.slice(readEnd, changeEnd),
    write: all.slice(changeEnd),
    finish() {
      for (let i = readEnd; i < pictures.length; i++) {
        if (places[i] === null) pictures[i].set(bytes.subarray(all[i], all[i] + pictures[i].length));
      }
    },
  };
}

/** Where in the kernels' memory a picture of `takePicture` lies; null for any other. */
export function addressOf(picture: Uint8Array): number | null {
  return open !== null && picture.buffer === open.bytes.buffer ? picture.byteOffset : null;
}

/** Makes the memory ready for `takePicture`. No room is in use. */
export function openPictures(): void {
  if (open === null || open.bytes.length !== WITH_PICTURES) open = instantiate(WITH_PICTURES);
}

/** Bytes of a picture, of any content, in the kernels' memory itself: kernels take it as it is. Null where it is full. */
export function takePicture(length: number): Uint8Array<ArrayBuffer> | null {
  if (open === null) return null;
  const from = (open.picturesFrom - length - SLACK) & ~15;
  if (from < open.roomEnd) return null;
  open.picturesFrom = from;
  return new Uint8Array(open.bytes.buffer, from, length);
}

/** The kernels with a memory of their own, for what lasts; parts as in `takeRoom`. */
export function openRoom(lengths: readonly number[]): Room {
  const own = instantiate(PAGE);
  const { at, end } = layOut(own, lengths);
  const { kernels, bytes } = withRoom(own, end);
  return { kernels, bytes, at };
}

/** All pictures are done with. */
export function closePictures(): void {
  if (open !== null) open.picturesFrom = open.bytes.length;
}

function layOut({ kernels }: Opened, lengths: readonly number[]): { at: number[]; end: number } {
  const at: number[] = [];
  let end = kernels.freeFrom();
  for (const length of lengths) {
    const start = (end + 15) & ~15;
    at.push(start);
    end = start + length + SLACK;
  }
  return { at, end };
}

/** Pictures can't be moved, nor their memory grown (that takes it away from them): where they leave too little room there is another memory. */
function withRoom(opened: Opened, end: number): Opened {
  if (end <= opened.picturesFrom) return opened;
  const { memory, bytes, picturesFrom } = opened;
  if (picturesFrom < bytes.length) return instantiate(end);
  memory.grow(Math.ceil((end - bytes.length) / PAGE));
  opened.bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  opened.picturesFrom = opened.bytes.length;
  return opened;
}

function instantiate(length: number): Opened {
  module ??= new WebAssembly.Module(decodeBase64(single));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(length / PAGE), maximum: PAGE });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  return { kernels: exports as unknown as KernelExports, memory, bytes, roomEnd: 0, picturesFrom: bytes.length };
}
