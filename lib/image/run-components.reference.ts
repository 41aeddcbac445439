import type { BinaryImage } from "./images.ts";
import type { Component, RunComponents } from "./run-components.ts";

/** `findRunComponents` by filling from px to px, as its definition says: slow, for tests. */
export function findRunComponentsReference({ width, height, data }: BinaryImage): RunComponents {
  const labels = new Int32Array(width * height);
  const components: Component[] = [];
  const runs: { label: number; row: number; start: number; end: number }[] = [];
  const isInk = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0;
  for (let first = 0; first < labels.length; first++) {
    if (data[first] === 0 || labels[first] !== 0) continue;
    const label = components.length + 1;
    const own = [first];
    labels[first] = label;
    for (const at of own) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let k = 0; k < 9; k++) {
        const [u, v] = [x + (k % 3) - 1, y + Math.floor(k / 3) - 1];
        if (!isInk(u, v) || labels[v * width + u] !== 0) continue;
        labels[v * width + u] = label;
        own.push(v * width + u);
      }
    }
    const [columns, rows] = [own.map((at) => at % width), own.map((at) => Math.floor(at / width))];
    const [left, top] = [Math.min(...columns), Math.min(...rows)];
    components.push({ label, area: own.length, box: [left, top, Math.max(...columns) - left + 1, Math.max(...rows) - top + 1] });
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInk(x, y) || isInk(x - 1, y)) continue;
      let end = x;
      while (isInk(end, y)) end++;
      runs.push({ label: labels[y * width + x], row: y, start: x, end });
    }
  }
  runs.sort((a, b) => a.label - b.label);
  const firstRun = new Int32Array(components.length + 1);
  for (const { label } of runs) firstRun[label]++;
  for (let i = 1; i < firstRun.length; i++) firstRun[i] += firstRun[i - 1];
  return {
    components,
    firstRun,
    rows: Int32Array.from(runs, ({ row }) => row),
    starts: Int32Array.from(runs, ({ start }) => start),
    ends: Int32Array.from(runs, ({ end }) => end),
  };
}
