/** A node of a path; a smooth curve passes through it, or breaks its direction there where `corner`. */
export interface PathNode {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

/**
 * Samples the centripetal Catmull-Rom spline through `nodes` (Yuksel, Schaefer, Keyser 2011: no loops or cusps within a segment),
 * broken at corners.
 * @returns x and y of the samples, about `step` apart, in the nodes' unit; the first and the last node are samples.
 */
export function smoothPath(nodes: readonly PathNode[], step: number): { xs: number[]; ys: number[] } {
  const xs = [nodes[0].x];
  const ys = [nodes[0].y];
  let from = 0;
  while (from < nodes.length - 1) {
    let to = from + 1;
    while (to < nodes.length - 1 && !nodes[to].corner) to++;
    sampleRun(nodes.slice(from, to + 1), step, xs, ys);
    from = to;
  }
  return { xs, ys };
}

function sampleRun(run: readonly PathNode[], step: number, xs: number[], ys: number[]): void {
  for (let i = 0; i + 1 < run.length; i++) {
    const p1 = run[i];
    const p2 = run[i + 1];
    // Ends mirror their neighbour, so that two points make a straight line.
    const p0 = i > 0 ? run[i - 1] : { x: 2 * p1.x - p2.x, y: 2 * p1.y - p2.y };
    const p3 = i + 2 < run.length ? run[i + 2] : { x: 2 * p2.x - p1.x, y: 2 * p2.y - p1.y };
    const t1 = knot(p0, p1);
    const t2 = t1 + knot(p1, p2);
    const t3 = t2 + knot(p2, p3);
    const count = Math.max(1, Math.ceil((Math.hypot(p2.x - p1.x, p2.y - p1.y) * 1.1) / step));
    for (let k = 1; k <= count; k++) {
      const t = t1 + ((t2 - t1) * k) / count;
      xs.push(barryGoldman(p0.x, p1.x, p2.x, p3.x, t1, t2, t3, t));
      ys.push(barryGoldman(p0.y, p1.y, p2.y, p3.y, t1, t2, t3, t));
    }
  }
}

function knot(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.max(1e-6, Math.sqrt(Math.hypot(b.x - a.x, b.y - a.y)));
}

/** Barry and Goldman 1988: one coordinate at `t` in [t1, t2], knots at 0, t1, t2, t3. */
function barryGoldman(p0: number, p1: number, p2: number, p3: number, t1: number, t2: number, t3: number, t: number): number {
  const a1 = ((t1 - t) * p0 + t * p1) / t1;
  const a2 = ((t2 - t) * p1 + (t - t1) * p2) / (t2 - t1);
  const a3 = ((t3 - t) * p2 + (t - t2) * p3) / (t3 - t2);
  const b1 = ((t2 - t) * a1 + t * a2) / t2;
  const b2 = ((t3 - t) * a2 + (t - t1) * a3) / (t3 - t1);
  return ((t2 - t) * b1 + (t - t1) * b2) / (t2 - t1);
}
