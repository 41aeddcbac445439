/** Whether an error says that a disk is full: the file system's own word, or PostgreSQL's 53100, however wrapped. */
export function isDiskFull(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}` : String(error);
  return /53100|ENOSPC|No space left on device|disk full/i.test(text);
}
