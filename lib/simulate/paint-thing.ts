import type { Thing } from "./desk-things.ts";
import { type Canvas, PAPER_LEVEL } from "./paint-sheet.ts";

/** How the desk lies in the picture. */
export interface DeskView {
  /** Desk mm to picture px, and back; both with the lens. */
  readonly toImage: (xMm: number, yMm: number) => { x: number; y: number };
  readonly toDesk: (x: number, y: number) => readonly [xMm: number, yMm: number];
  readonly pxPerMm: number;
  /** Where shadows fall, as mm along the desk for each mm of height; null without a lamp. */
  readonly shadow: readonly [number, number] | null;
}

/** Draws a thing that lies on the desk or on a sheet, its shadow first; flat: its height only throws the shadow. */
export function paintThing(canvas: Canvas, thing: Thing, view: DeskView): void {
  const angle = (thing.turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const fallX = view.shadow ? view.shadow[0] * thing.heightMm : 0;
  const fallY = view.shadow ? view.shadow[1] * thing.heightMm : 0;
  const reach = thing.reachMm + Math.hypot(fallX, fallY);
  let [left, right, top, foot] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < 16; i++) {
    const { x, y } = view.toImage(thing.xMm + 1.05 * reach * Math.cos(i * 0.3927), thing.yMm + 1.05 * reach * Math.sin(i * 0.3927));
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    foot = Math.max(foot, y);
  }
  const { data, width, height } = canvas;
  const rgb: [number, number, number] = [0, 0, 0];
  const ignored: [number, number, number] = [0, 0, 0];
  const toCanvas = PAPER_LEVEL / 255;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, foot); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
      const [xMm, yMm] = view.toDesk(x + 0.5, y + 0.5);
      const dx = xMm - thing.xMm;
      const dy = yMm - thing.yMm;
      if (dx * dx + dy * dy > reach * reach) continue;
      const k = (y * width + x) * 3;
      const alpha = Math.min(1, thing.look(dx * cos + dy * sin, dy * cos - dx * sin, rgb) * view.pxPerMm + 0.5);
      if (alpha < 1 && view.shadow) {
        const shaded = thing.look((dx - fallX) * cos + (dy - fallY) * sin, (dy - fallY) * cos - (dx - fallX) * sin, ignored);
        // The lamp is wide: the shadow's edge is as soft as a third of the height.
        const depth = 0.4 * Math.min(1, Math.max(0, shaded / (0.3 * thing.heightMm + 0.3) + 0.5));
        for (let c = 0; c < 3; c++) data[k + c] *= 1 - depth;
      }
      if (alpha <= 0) continue;
      for (let c = 0; c < 3; c++) data[k + c] += (Math.min(255, rgb[c] * toCanvas) - data[k + c]) * alpha;
    }
  }
}
