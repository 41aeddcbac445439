/**
 * The head of the memory, shared by all threads: the barrier's words and the command (an operation's number and its arguments).
 * Addresses below AssemblyScript's own static data, which begins at 1024.
 */
const ARRIVED: usize = 64;
const GENERATION: usize = 128;
const ASLEEP: usize = 192;
export const COMMAND: usize = 256;

/** Looks this often before it sleeps: some 20 microseconds, longer than what JavaScript does between two kernels. */
const SPINS: i32 = 20000;

/** Returns once all T threads are here. Spins briefly, then sleeps. */
export function barrier(T: i32): void {
  if (T == 1) return;
  const generation = atomic.load<i32>(GENERATION);
  if (atomic.add<i32>(ARRIVED, 1) + 1 == T) {
    atomic.store<i32>(ARRIVED, 0);
    atomic.add<i32>(GENERATION, 1);
    // A thread says that it goes to sleep before it looks at the generation for the last time: none is missed.
    if (atomic.load<i32>(ASLEEP) > 0) atomic.notify(GENERATION, -1);
    return;
  }
  for (let k = 0; k < SPINS; k++) if (atomic.load<i32>(GENERATION) != generation) return;
  atomic.add<i32>(ASLEEP, 1);
  while (atomic.load<i32>(GENERATION) == generation) atomic.wait<i32>(GENERATION, generation, -1);
  atomic.sub<i32>(ASLEEP, 1);
}
