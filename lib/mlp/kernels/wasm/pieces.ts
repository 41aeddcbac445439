import { share } from "./panels";

/**
 * A part's pieces, numbered from 0, dealt out evenly: thread t's own are those of one word, part << 32 | first << 16 | end. A thread takes its own from the front,
 * where its cache has what it worked on in the step before; once it has none left it takes from the back of the others'. The word names the part, so whoever looks
 * at a part that is over finds nothing. Which thread does a piece changes nothing in how its sums are formed.
 */
const WORDS: usize = 1024;
/** A cache line for each thread; at most as many (../simd/create-simd-kernels.ts). */
const LINE: i32 = 6;

/** @param pieces at most 65,535 */
export function deal(part: i32, pieces: i32, T: i32): void {
  for (let t: i32 = 0; t < T; t++) {
    atomic.store<u64>(WORDS + (usize(t) << LINE), (u64(u32(part)) << 32) | (u64(share(pieces, t, T)) << 16) | u64(share(pieces, t + 1, T)));
  }
}

/** @returns the number of a piece that is now thread t's to do, or -1 where none is left */
export function take(part: i32, t: i32, T: i32): i32 {
  for (let k: i32 = 0; k < T; k++) {
    const owner = (t + k) % T;
    const at = WORDS + (usize(owner) << LINE);
    let word = atomic.load<u64>(at);
    while (i32(word >>> 32) == part && first(word) < end(word)) {
      const seen = atomic.cmpxchg<u64>(at, word, k == 0 ? word + 0x10000 : word - 1);
      if (seen == word) return k == 0 ? first(word) : end(word) - 1;
      word = seen;
    }
  }
  return -1;
}

// @ts-ignore: decorator
@inline
function first(word: u64): i32 {
  return i32(word >>> 16) & 0xffff;
}

// @ts-ignore: decorator
@inline
function end(word: u64): i32 {
  return i32(word) & 0xffff;
}
