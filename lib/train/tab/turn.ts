/**
 * Resolves after the messages that have already come were looked at. By a message of its own: a timer waits 4 ms and more, a tenth of the
 * time between two turns.
 */
export function createTurn(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
