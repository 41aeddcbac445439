import type { PageRaster } from "../../image/page-raster.ts";

/** Channels farther apart than this are colour; JPEG's own colour noise on grey pages stays below. */
const COLOUR_DIFFERENCE = 28;
/** Of this many sampled px and more, a page with colour in 1 of 2,000 counts as coloured: a drop-out box's lines are more than that. */
const COLOURED_SHARE = 1 / 2000;

/**
 * Interleaved 8-bit pixels -> grey, and RGB where there is colour. Grey by ITU-R BT.601 in integers; alpha must be composed already.
 * @param data width * height * channels bytes; 1 or 2 (grey, alpha ignored), 3 or 4 (RGB, alpha ignored)
 */
export function toPageRaster(data: Uint8Array, width: number, height: number, channels: number): PageRaster {
  const n = width * height;
  // A plain array over the same bytes: loops that meet Node's Buffer here and a Uint8Array there are compiled for both, and slower.
  if (channels === 1) return { gray: { width, height, data: new Uint8Array(data.buffer, data.byteOffset, n) }, rgb: null };
  const gray = new Uint8Array(n);
  if (channels === 2) {
    for (let i = 0; i < n; i++) gray[i] = data[2 * i];
    return { gray: { width, height, data: gray }, rgb: null };
  }
  for (let i = 0, at = 0; i < n; i++, at += channels) {
    gray[i] = (data[at] * 19595 + data[at + 1] * 38470 + data[at + 2] * 7471 + 32768) >> 16;
  }
  return {
    gray: { width, height, data: gray },
    rgb: hasColour(data, n, channels) ? { width, height, data: packed(data, n, channels) } : null,
  };
}

/** Every seventh pixel: prime, so that it is in step with no pattern. */
function hasColour(data: Uint8Array, n: number, channels: number): boolean {
  let coloured = 0;
  let seen = 0;
  for (let i = 0; i < n; i += 7, seen++) {
    const at = i * channels;
    const r = data[at];
    const g = data[at + 1];
    const b = data[at + 2];
    if (Math.max(r, g, b) - Math.min(r, g, b) > COLOUR_DIFFERENCE) coloured++;
  }
  return coloured > seen * COLOURED_SHARE;
}

function packed(data: Uint8Array, n: number, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, 3 * n);
  const out = new Uint8Array(3 * n);
  for (let i = 0, from = 0, to = 0; i < n; i++, from += channels, to += 3) {
    out[to] = data[from];
    out[to + 1] = data[from + 1];
    out[to + 2] = data[from + 2];
  }
  return out;
}
