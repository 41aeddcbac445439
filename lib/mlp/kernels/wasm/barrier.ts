/**
 * The head of the memory, shared by all threads: the barrier's words and the command (an operation's number and its arguments).
 * Addresses below AssemblyScript's own static data, which begins at 1024.
 */
const ARRIVED: usize = 64;
const GENERATION: usize = 128;
const ASLEEP: usize = 192;
export const COMMAND: usize = 256;

/** How often a thread looks before it sleeps, and how many meetings are left until it is patient again. */
const PATIENCE: usize = 240;
const UNTIL_PATIENT: usize = 244;

/**
 * Some 200 microseconds, longer than what JavaScript does between two kernels or mini-batches, down to 10. Waking a thread takes 50; worse, where threads
 * sleep by turns the system sees only one of them at work and leaves both on one processor. Who had to sleep nevertheless is short of
 * processors, and spinning takes from the others: so patience shrinks with every sleep, and is tried again after some thousand meetings.
 */
const MOST: i32 = 200000;
const LEAST: i32 = 10000;
const TRY_AGAIN: i32 = 20000;

/** How many threads sleep, and would have to be woken. */
export function sleeping(): i32 {
  return atomic.load<i32>(ASLEEP);
}

/** Returns once all T threads are here. Spins, then sleeps. */
export function barrier(T: i32): void {
  if (T == 1) return;
  const generation = atomic.load<i32>(GENERATION);
  if (atomic.add<i32>(ARRIVED, 1) + 1 == T) {
    regainPatience();
    atomic.store<i32>(ARRIVED, 0);
    atomic.add<i32>(GENERATION, 1);
    // A thread says that it goes to sleep before it looks at the generation for the last time: none is missed.
    if (atomic.load<i32>(ASLEEP) > 0) atomic.notify(GENERATION, -1);
    return;
  }
  const patience = atomic.load<i32>(PATIENCE);
  for (let k = 0; k < patience; k++) if (atomic.load<i32>(GENERATION) != generation) return;
  atomic.store<i32>(PATIENCE, max(LEAST, patience - (patience >> 8)));
  atomic.add<i32>(ASLEEP, 1);
  while (atomic.load<i32>(GENERATION) == generation) atomic.wait<i32>(GENERATION, generation, -1);
  atomic.sub<i32>(ASLEEP, 1);
}

function regainPatience(): void {
  const left = load<i32>(UNTIL_PATIENT) - 1;
  store<i32>(UNTIL_PATIENT, left > 0 ? left : TRY_AGAIN);
  if (left <= 0) atomic.store<i32>(PATIENCE, MOST);
}
