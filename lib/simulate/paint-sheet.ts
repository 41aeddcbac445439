import type { Raster } from "./soften-page.ts";

/** A picture under way: RGB, full reflectance in full light is `PAPER_LEVEL`, so that a slope towards the lamp has room above it. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export const PAPER_LEVEL = 205;

/** A sheet's net of cells in the picture: for each node its place there, on the page (px) and its share of the flat sheet's light. */
export interface SheetMesh {
  readonly columns: number;
  readonly rows: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly depth: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly shade: Float64Array;
}

/** What is done with a pixel at (`u`, `v`) of the page; `k` its index in the canvas, `front` false on the paper's back. */
type Paint = (k: number, u: number, v: number, shade: number, front: boolean) => void;

/** Draws a page over the canvas: bilinear (the caller has blurred it against aliasing), shaded, its edge a px of the page wide. */
export function paintSheet(
  canvas: Canvas,
  page: Raster,
  mesh: SheetMesh,
  levels: Float32Array,
  remains: ((u: number, v: number) => number) | null = null,
): void {
  const { data } = canvas;
  const { data: source, channels, width, height } = page;
  const stride = width * channels;
  const second = channels === 3 ? 1 : 0;
  const third = channels === 3 ? 2 : 0;
  const back = levels[235];
  fillMesh(canvas, mesh, (k, u, v, shade, front) => {
    let inside = Math.min(u, v, width - u, height - v) + 0.5;
    if (remains && inside > 0) inside = Math.min(inside, remains(u, v) + 0.5);
    if (inside <= 0) return;
    let [r, g, b] = [back, back, back];
    if (front) {
      const sx = Math.min(width - 1.001, Math.max(0, u - 0.5));
      const sy = Math.min(height - 1.001, Math.max(0, v - 0.5));
      const ix = sx | 0;
      const iy = sy | 0;
      const fx = sx - ix;
      const fy = sy - iy;
      const wa = (1 - fx) * (1 - fy);
      const wb = fx * (1 - fy);
      const wc = (1 - fx) * fy;
      const wd = fx * fy;
      const i = iy * stride + ix * channels;
      const j = i + stride;
      r = levels[(source[i] * wa + source[i + channels] * wb + source[j] * wc + source[j + channels] * wd + 0.5) | 0];
      if (second === 1) {
        g = levels[(source[i + 1] * wa + source[i + 4] * wb + source[j + 1] * wc + source[j + 4] * wd + 0.5) | 0];
        b = levels[(source[i + third] * wa + source[i + 5] * wb + source[j + 2] * wc + source[j + 5] * wd + 0.5) | 0];
      } else {
        g = r;
        b = r;
      }
    }
    if (inside >= 1) {
      data[k] = r * shade;
      data[k + 1] = g * shade;
      data[k + 2] = b * shade;
    } else {
      data[k] += (r * shade - data[k]) * inside;
      data[k + 1] += (g * shade - data[k + 1]) * inside;
      data[k + 2] += (b * shade - data[k + 2]) * inside;
    }
  });
}

/** Darkens what lies under the mesh (a sheet's shadow) by `share`. */
export function paintShadow(canvas: Canvas, page: { width: number; height: number }, mesh: SheetMesh, share: number): void {
  const { data } = canvas;
  const done = new Uint8Array(canvas.width * canvas.height);
  fillMesh(canvas, mesh, (k, u, v) => {
    if (u < 0 || v < 0 || u > page.width || v > page.height || done[k / 3] === 1) return;
    done[k / 3] = 1;
    data[k] *= 1 - share;
    data[k + 1] *= 1 - share;
    data[k + 2] *= 1 - share;
  });
}

/** Calls `paint` for the pixels of all cells, far cells first, each as two triangles over which everything is linear. */
export function fillMesh(canvas: Canvas, mesh: SheetMesh, paint: Paint): void {
  const { columns, rows, depth } = mesh;
  const cells = new Float64Array((columns - 1) * (rows - 1));
  const order = new Uint32Array(cells.length);
  for (let j = 0, c = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++, c++) {
      cells[c] = depth[j * columns + i];
      order[c] = c;
    }
  }
  order.sort((a, b) => cells[b] - cells[a]);
  for (const c of order) {
    const a = Math.floor(c / (columns - 1)) * columns + (c % (columns - 1));
    fillTriangle(canvas, mesh, [a, a + 1, a + columns], paint);
    fillTriangle(canvas, mesh, [a + 1, a + columns + 1, a + columns], paint);
  }
}

/** Pixels whose centres lie in the triangle; two triangles with a common edge share no pixel and leave none out. */
function fillTriangle(canvas: Canvas, mesh: SheetMesh, corners: [number, number, number], paint: Paint): void {
  const { x, y } = mesh;
  const [a, b, c] = corners;
  const area = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]);
  if (area === 0) return;
  const slopes = (of: Float64Array): [number, number] => [
    ((of[b] - of[a]) * (y[c] - y[a]) - (of[c] - of[a]) * (y[b] - y[a])) / area,
    ((of[c] - of[a]) * (x[b] - x[a]) - (of[b] - of[a]) * (x[c] - x[a])) / area,
  ];
  const [ux, uy] = slopes(mesh.u);
  const [vx, vy] = slopes(mesh.v);
  const [sx, sy] = slopes(mesh.shade);
  // By height: top, middle, foot; equal heights in the order of the nodes, so that neighbours cut a common edge alike.
  const [top, middle, foot] = corners.sort((p, q) => y[p] - y[q] || p - q);
  const first = Math.max(0, Math.ceil(y[top] - 0.5));
  const last = Math.min(canvas.height - 1, Math.ceil(y[foot] - 0.5) - 1);
  for (let row = first; row <= last; row++) {
    const yc = row + 0.5;
    const long = crossAt(mesh, top, foot, yc);
    const short = yc < y[middle] ? crossAt(mesh, top, middle, yc) : crossAt(mesh, middle, foot, yc);
    const from = Math.max(0, Math.ceil(Math.min(long, short) - 0.5));
    const to = Math.min(canvas.width - 1, Math.ceil(Math.max(long, short) - 0.5) - 1);
    let dx = from + 0.5 - x[a];
    const dy = yc - y[a];
    for (let column = from; column <= to; column++, dx++) {
      paint(
        (row * canvas.width + column) * 3,
        mesh.u[a] + ux * dx + uy * dy,
        mesh.v[a] + vx * dx + vy * dy,
        mesh.shade[a] + sx * dx + sy * dy,
        area > 0,
      );
    }
  }
}

function crossAt({ x, y }: SheetMesh, upper: number, lower: number, at: number): number {
  return y[lower] === y[upper] ? x[upper] : x[upper] + ((at - y[upper]) * (x[lower] - x[upper])) / (y[lower] - y[upper]);
}
