/** A text that the browser keeps: the screen follows its changes, another tab's too. */
export class StoredText {
  private readonly subscribers = new Set<() => void>();

  /** @param key in localStorage */
  constructor(private readonly key: string) {}

  /** Null where nothing was kept. */
  read(): string | null {
    return localStorage.getItem(this.key);
  }

  /** @param text null: nothing is kept any more */
  write(text: string | null): void {
    if (text === null) localStorage.removeItem(this.key);
    else localStorage.setItem(this.key, text);
    for (const subscriber of this.subscribers) subscriber();
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (subscriber: () => void): (() => void) => {
    // Another tab's change comes as an event.
    window.addEventListener("storage", subscriber);
    this.subscribers.add(subscriber);
    return () => {
      window.removeEventListener("storage", subscriber);
      this.subscribers.delete(subscriber);
    };
  };
}
