/**
 * Where an arrow key leads in a grid of groups, each beginning on a row of its own.
 * @param sizes cells of each group, in order
 * @param columns cells a row
 * @param from index over all groups
 * @returns the new index; `from` itself at the edge
 */
export function moveCursor(
  sizes: readonly number[],
  columns: number,
  { from, direction }: { from: number; direction: "up" | "down" | "left" | "right" },
): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (direction === "left") return Math.max(0, from - 1);
  if (direction === "right") return Math.min(total - 1, from + 1);

  const rows: { start: number; length: number }[] = [];
  let start = 0;
  for (const size of sizes) {
    for (let k = 0; k < size; k += columns) rows.push({ start: start + k, length: Math.min(columns, size - k) });
    start += size;
  }
  const row = rows.findIndex((r) => from >= r.start && from < r.start + r.length);
  const target = rows[row + (direction === "down" ? 1 : -1)];
  if (row < 0 || target === undefined) return from;
  return target.start + Math.min(from - rows[row].start, target.length - 1);
}
