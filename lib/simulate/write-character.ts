import { Rng } from "../core/rng.ts";
import { BASELINE, type CharForm, getCharForms } from "./char-forms.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";
import { type PathNode, smoothPath } from "./smooth-path.ts";

/** The pen's way from down to up: `x`, `y` of the nib's centre and its `radius`, in mm; the origin lies on the base line, y down. */
export interface PenStroke {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
}

/** Distance of the samples along a stroke: a pixel at 300 dpi. */
const STEP_MM = 0.085;

/**
 * Writes one character as `writer` would: the writer's allograph and form, then this sample's own deviations (points, size, turn),
 * slant, tremor and pressure.
 * @param capHeightMm height of a capital or digit.
 * @throws InkformError `invalid-argument` for a character the pen doesn't know.
 */
export function writeCharacter(char: string, writer: SimulatedWriter, options: { capHeightMm: number; rng: Rng }): PenStroke[] {
  const { rng, capHeightMm } = options;
  const form = chooseForm(char, writer, rng);
  const unitMm = capHeightMm / BASELINE;
  const own = new Rng(Math.imul(writer.seed + 1, 0x9e3779b1) ^ Math.imul(char.codePointAt(0)! + 7, 0x85ebca6b) ^ form.index);
  const width = Math.max(...form.strokes.flatMap((stroke) => stroke.map((p) => p.x)));

  // One affine map a sample: turn, size and slant, around the character's foot.
  const slant = Math.tan(((writer.slantDeg + 2.5 * writer.sloppiness * rng.normal()) * Math.PI) / 180);
  const turn = (2 * writer.sloppiness * rng.normal() * Math.PI) / 180;
  const scaleX = unitMm * writer.aspect * (1 + 0.07 * writer.sloppiness * rng.normal());
  const scaleY = unitMm * (1 + 0.05 * writer.sloppiness * rng.normal());
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  // A smooth bend of the whole character moves neighbouring points together, so that junctions stay closed.
  const bendOwn = buildBend(own, 0.034 * writer.idiosyncrasy);
  const bendNow = buildBend(rng, 0.03 * writer.sloppiness);
  const spread = 0.008 * writer.sloppiness;
  const spreadOwn = 0.009 * writer.idiosyncrasy;

  return form.strokes.map((stroke) => {
    const nodes = stroke.map((p): PathNode => {
      const [bx, by] = bendOwn(p.x, p.y);
      const [cx, cy] = bendNow(p.x, p.y);
      const u = (p.x - width / 2 + bx + cx + spreadOwn * own.normal() + spread * rng.normal()) * scaleX;
      const v = (p.y - BASELINE + by + cy + spreadOwn * own.normal() + spread * rng.normal()) * scaleY;
      const sheared = u - slant * v;
      return { x: sheared * cos - v * sin, y: sheared * sin + v * cos, corner: p.corner };
    });
    const cut = cutCorners(nodes, 0.1 * capHeightMm * writer.roundness * rng.float());
    return inkPath(smoothPath(cut, STEP_MM), writer, rng);
  });
}

/** Most samples use the writer's favourite form; one in twelve another. */
function chooseForm(char: string, writer: SimulatedWriter, rng: Rng): { strokes: CharForm; index: number } {
  const forms = getCharForms(char);
  const favourite = new Rng(Math.imul(writer.seed + 3, 0x27d4eb2f) ^ char.codePointAt(0)!).int(forms.length);
  const stray = rng.float() < 0.08;
  const other = rng.int(forms.length);
  const index = stray ? other : favourite;
  return { strokes: forms[index], index };
}

/** A smooth random displacement field over the unit box, of standard deviation about `amplitude` in x and y. */
function buildBend(rng: Rng, amplitude: number): (x: number, y: number) => [number, number] {
  const waves = [0, 1].map(() => ({
    kx: rng.between(-5, 5),
    ky: rng.between(-5, 5),
    phase: rng.between(0, 2 * Math.PI),
    ax: amplitude * rng.normal(),
    ay: amplitude * rng.normal(),
  }));
  return (x, y) => {
    let dx = 0;
    let dy = 0;
    for (const wave of waves) {
      const s = Math.sin(wave.kx * x + wave.ky * y + wave.phase);
      dx += wave.ax * s;
      dy += wave.ay * s;
    }
    return [dx, dy];
  };
}

/** Replaces a corner by a short smooth turn that begins and ends up to `cut` before and after it; a reversal stays sharp. */
function cutCorners(nodes: readonly PathNode[], cut: number): PathNode[] {
  return nodes.flatMap((node, i) => {
    const before = nodes[i - 1];
    const after = nodes[i + 1];
    if (!node.corner || !before || !after) return [node];
    const inX = node.x - before.x;
    const inY = node.y - before.y;
    const outX = after.x - node.x;
    const outY = after.y - node.y;
    const inLength = Math.hypot(inX, inY);
    const outLength = Math.hypot(outX, outY);
    const cosine = (inX * outX + inY * outY) / (inLength * outLength);
    const back = Math.min(cut, inLength / 3);
    const forth = Math.min(cut, outLength / 3);
    if (cosine < -0.85 || back < 0.05) return [node];
    return [
      { x: node.x - (inX / inLength) * back, y: node.y - (inY / inLength) * back, corner: false },
      { x: node.x + (outX / outLength) * forth, y: node.y + (outY / outLength) * forth, corner: false },
    ];
  });
}

/** Adds tremor and pressure to a sampled path. */
function inkPath(path: { xs: number[]; ys: number[] }, writer: SimulatedWriter, rng: Rng): PenStroke {
  const n = path.xs.length;
  const stroke = { x: new Float64Array(n), y: new Float64Array(n), radius: new Float64Array(n) };
  const shakeX = buildTremor(rng);
  const shakeY = buildTremor(rng);
  const press = buildTremor(rng);
  const lengthMm = (n - 1) * STEP_MM;
  for (let i = 0; i < n; i++) {
    const s = i * STEP_MM;
    stroke.x[i] = path.xs[i] + writer.wobbleMm * shakeX(s);
    stroke.y[i] = path.ys[i] + writer.wobbleMm * shakeY(s);
    // A pen lands and leaves with less pressure.
    const fromEnd = Math.min(s, lengthMm - s) / 0.5;
    const landing = Math.min(1, 0.8 + 0.2 * fromEnd);
    const width = writer.penWidthMm * landing * Math.max(0.55, 1 + writer.pressure * press(s));
    stroke.radius[i] = width / 2;
  }
  return stroke;
}

/** Smooth noise along a stroke, of unit standard deviation, wave lengths 2.5 to 10 mm. */
function buildTremor(rng: Rng): (sMm: number) => number {
  const waves = [rng.between(2.5, 4), rng.between(4, 6), rng.between(6, 10)].map((lengthMm) => ({
    k: (2 * Math.PI) / lengthMm,
    phase: rng.between(0, 2 * Math.PI),
  }));
  const gain = Math.sqrt(2 / waves.length);
  return (s) => gain * waves.reduce((sum, wave) => sum + Math.sin(wave.k * s + wave.phase), 0);
}
