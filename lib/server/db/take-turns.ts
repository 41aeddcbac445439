/** So many urgent pieces of work go ahead of one that waits, and no more. */
const MOST_AHEAD = 8;

export type TakeTurns = <T>(work: () => Promise<T>, urgent: boolean) => Promise<T>;

/**
 * One piece of work after the other: urgent ones before the others, each of both kinds in the order they came. The embedded database has one connection, whose own queue
 * knows no kinds: a save waited there until all that was asked for before it had been handed out.
 */
export function createTurns(): TakeTurns {
  const urgentOnes: (() => void)[] = [];
  const others: (() => void)[] = [];
  let busy = false;
  let ahead = 0;
  const goOn = (): void => {
    const isUrgent = urgentOnes.length > 0 && (others.length === 0 || ahead < MOST_AHEAD);
    ahead = isUrgent && others.length > 0 ? ahead + 1 : 0;
    const start = (isUrgent ? urgentOnes : others).shift();
    busy = start !== undefined;
    start?.();
  };
  return async (work, urgent) => {
    if (busy) await new Promise<void>((resolve) => (urgent ? urgentOnes : others).push(resolve));
    busy = true;
    try {
      return await work();
    } finally {
      goOn();
    }
  };
}
