// Making one takes as long as a hundred uses.
const MOMENT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const moments = new Intl.DateTimeFormat("en-GB", MOMENT);
const momentsWithYear = new Intl.DateTimeFormat("en-GB", { ...MOMENT, year: "numeric" });
const counts = new Intl.NumberFormat("en", { useGrouping: true });

/** 4680 -> "4 680", with a narrow no-break space. */
export function formatCount(n: number): string {
  return counts.format(n).replaceAll(",", "\u202f");
}

/** "1 page", "2 pages". */
export function formatPlural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

/** A fraction as "1.82 %". */
export function formatPercent(fraction: number, digits = 2): string {
  return `${(fraction * 100).toFixed(digits)} %`;
}

/** An error rate with its 95 % interval: "1.82 % (1.57 to 2.10)". Fractions of 1 in. */
export function formatErrorRate(rate: { errorRate: number; interval: readonly [number, number] }): string {
  const [low, high] = rate.interval;
  return `${formatPercent(rate.errorRate)} (${(low * 100).toFixed(2)} to ${(high * 100).toFixed(2)})`;
}

/** Seconds as "4 s", "2 min 5 s", "1 h 3 min". */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** Bytes as "840 B", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** A moment as "22 Nov, 15:41" (with the year where it is not this one). */
export function formatMoment(iso: string, now = new Date()): string {
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? moments : momentsWithYear).format(date);
}
