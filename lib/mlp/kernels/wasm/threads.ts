import { deal, take } from "./pieces";
import { countPieces, doPiece } from "./program";

/**
 * The head of the memory, shared by all threads. Addresses lie below AssemblyScript's own static data (scripts/build-kernels.mjs), in cache lines of their own.
 *
 * A program (program.ts) is a line of parts, and a part is a number of pieces. Threads take pieces, and the one that ends the last piece of a part lays out the
 * next part. So there is no moment at which all threads must meet: who is late, or is kept from its processor by another program, is done without, and joins in
 * where the others are. What was computed before a part began is there for whoever takes one of its pieces.
 */
const PART: usize = 64;
const DONE: usize = 128;
const ASLEEP: usize = 192;
const ENDED: usize = 196;

/** A part's number is even; odd ones say that the program is over. */
const OVER: i32 = 1;

/** What is written before a part begins, and read by those who hold one of its pieces: where the program is, its commands, and the part's pieces. */
const PLACE: usize = 256;
const COMMANDS: usize = 260;
const PIECES: usize = 264;

/** How often a thread looks before it sleeps, and how many parts are left until it is patient again. */
const PATIENCE: usize = 320;
const UNTIL_PATIENT: usize = 324;

/**
 * Some 200 microseconds, longer than what JavaScript does between two mini-batches, down to 10. Waking a thread takes 50; worse, where threads
 * sleep by turns the system sees only one of them at work and leaves both on one processor. Who had to sleep nevertheless is short of
 * processors, and spinning takes from the others: so patience shrinks with every sleep, and is tried again after some thousand parts.
 */
const MOST: i32 = 200000;
const LEAST: i32 = 10000;
const TRY_AGAIN: i32 = 20000;

/** Lays out a program of so many commands for all to begin with; called by thread 0. */
export function begin(T: i32, commands: i32): void {
  store<i32>(PLACE, -1);
  store<i32>(COMMANDS, commands);
  beginNext(0, T);
}

/**
 * Carries out a program alone; called by thread 0. Helping threads see nothing of it and go to sleep: one that was put off its processor with a piece
 * of a small program in its hands would hold it up for far longer than the whole of it takes.
 */
export function doAlone(commands: i32): void {
  for (let place: i32 = 0; place < commands << 1; place++) {
    const pieces = countPieces(place, 1);
    for (let k: i32 = 0; k < pieces; k++) doPiece(place, k, 0, 1);
  }
}

/** Does what there is left of the program, and returns once it is over; called by thread 0. */
export function join(T: i32): void {
  let part = atomic.load<i32>(PART);
  while ((part & OVER) == 0) {
    if (!help(part, 0, T)) lookOut(part);
    part = atomic.load<i32>(PART);
  }
}

/** A helping thread's life: part after part, until `end`. */
export function serve(t: i32, T: i32): void {
  while (atomic.load<i32>(ENDED) == 0) {
    const part = atomic.load<i32>(PART);
    if (!help(part, t, T)) lookOut(part);
  }
}

/** Lets helping threads go. */
export function end(): void {
  atomic.store<i32>(ENDED, 1);
  atomic.add<i32>(PART, 2);
  atomic.notify(PART, -1);
}

/** Does what pieces of the part are to be had. @returns whether that was the last of it and the next part has begun */
function help(part: i32, t: i32, T: i32): boolean {
  let done: i32 = 0;
  for (let k = take(part, t, T); k >= 0; k = take(part, t, T)) {
    doPiece(load<i32>(PLACE), k, t, T);
    done++;
  }
  if (done == 0) return false;
  // Read before these pieces are counted: afterwards another thread may have gone on.
  const pieces = load<i32>(PIECES);
  if (atomic.add<i32>(DONE, done) + done < pieces) return false;
  beginNext(t, T);
  return true;
}

/** Lays out the next part that has any pieces, or ends the program. */
function beginNext(t: i32, T: i32): void {
  const end = load<i32>(COMMANDS) << 1;
  let place = load<i32>(PLACE) + 1;
  let pieces: i32 = 0;
  while (place < end && (pieces = countPieces(place, T)) == 0) place++;
  const part = ((atomic.load<i32>(PART) | OVER) + 1) | (place < end ? 0 : OVER);
  store<i32>(PLACE, place);
  store<i32>(PIECES, pieces);
  atomic.store<i32>(DONE, 0);
  deal(part, pieces, T);
  regainPatience();
  atomic.store<i32>(PART, part);
  // A thread says that it goes to sleep before it looks at the part for the last time: none is missed.
  if (atomic.load<i32>(ASLEEP) > 0) atomic.notify(PART, -1);
}

/** Returns once another part has begun. Spins, then sleeps. */
function lookOut(part: i32): void {
  const patience = atomic.load<i32>(PATIENCE);
  for (let k = 0; k < patience; k++) if (atomic.load<i32>(PART) != part) return;
  atomic.store<i32>(PATIENCE, max(LEAST, patience - (patience >> 8)));
  atomic.add<i32>(ASLEEP, 1);
  while (atomic.load<i32>(PART) == part) atomic.wait<i32>(PART, part, -1);
  atomic.sub<i32>(ASLEEP, 1);
}

function regainPatience(): void {
  const left = load<i32>(UNTIL_PATIENT) - 1;
  store<i32>(UNTIL_PATIENT, left > 0 ? left : TRY_AGAIN);
  if (left <= 0) atomic.store<i32>(PATIENCE, MOST);
}
