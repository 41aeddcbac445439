import type { Homography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import { thresholdMean } from "../image/threshold-mean.ts";

/** Where a square code should lie in an image, quiet zone of four modules included, in px. */
export interface CodePlace {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

const QUIET = 4;
/** The place is searched in steps of this share of a module. */
const SEARCH_STEP = 1 / 4;
/** Of the finder, separator and timing modules, this share must agree: 0.5 is chance; one finder of three covered leaves 0.85. */
const MIN_AGREEMENT = 0.7;
const PX_PER_MODULE = 8;
/** Near a module's corners and in its middle: together they agree best where the grid lies right, not just somewhere within modules. */
const INSIDE = [
  [0.5, 0.5],
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const;

/** A clean code, and where its px lie in the area's. */
export interface CodeView {
  readonly image: GrayImage;
  readonly toArea: Homography;
}

interface FixedModule {
  readonly column: number;
  readonly row: number;
  readonly dark: boolean;
}

/**
 * A code whose finder patterns are covered, torn or smeared can't be found by a code reader, although its error correction would
 * still give the text. Here the place is known (from the corner marks): the modules are sampled on the printed grid, and what every
 * code of that version has in the same place (finder, timing and alignment patterns, quiet zone) is painted in.
 *
 * @param versions of the QR code (ISO/IEC 18004: 17 + 4 v modules a side) that may stand there
 * @param reachPx how far the code may lie beside its place
 * @returns clean codes to hand to a code reader, likeliest first; none where nothing like a code is seen
 */
export function repairCodes(area: GrayImage, place: CodePlace, versions: readonly number[], reachPx: number): CodeView[] {
  const window = Math.max(15, Math.round(place.size / 4));
  const ink = thresholdMean(area, window, 0.92);
  const isDark = (x: number, y: number): boolean => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    return column >= 0 && row >= 0 && column < ink.width && row < ink.height && ink.data[row * ink.width + column] === 1;
  };
  const repaired: { agreement: number; view: CodeView }[] = [];
  for (const version of versions) {
    const modules = 17 + 4 * version;
    const module = place.size / (modules + 2 * QUIET);
    const fixed = fixedModules(version);
    let best = { agreement: 0, left: 0, top: 0 };
    const step = module * SEARCH_STEP;
    const steps = Math.ceil(reachPx / step);
    for (let sy = -steps; sy <= steps; sy++) {
      for (let sx = -steps; sx <= steps; sx++) {
        const left = place.left + QUIET * module + sx * step;
        const top = place.top + QUIET * module + sy * step;
        let agree = 0;
        for (const { column, row, dark } of fixed) {
          for (const [dx, dy] of INSIDE) if (isDark(left + (column + dx) * module, top + (row + dy) * module) === dark) agree++;
        }
        const agreement = agree / (INSIDE.length * fixed.length);
        if (agreement > best.agreement) best = { agreement, left, top };
      }
    }
    if (best.agreement < MIN_AGREEMENT) continue;
    const dark = (column: number, row: number): boolean => {
      let votes = 0;
      for (const dy of [0.3, 0.5, 0.7])
        for (const dx of [0.3, 0.5, 0.7]) if (isDark(best.left + (column + dx) * module, best.top + (row + dy) * module)) votes++;
      return votes >= 5;
    };
    const s = module / PX_PER_MODULE;
    const toArea = Float64Array.of(s, 0, best.left - QUIET * module, 0, s, best.top - QUIET * module, 0, 0, 1);
    repaired.push({ agreement: best.agreement, view: { image: drawCode(modules, fixed, dark), toArea } });
  }
  return repaired.sort((a, b) => b.agreement - a.agreement).map(({ view }) => view);
}

/** Finder patterns with their separators, timing patterns, and up to version 6 the one alignment pattern (ISO/IEC 18004, 6.3). */
function fixedModules(version: number): FixedModule[] {
  const n = 17 + 4 * version;
  const fixed: FixedModule[] = [];
  for (const [left, top] of [
    [0, 0],
    [n - 7, 0],
    [0, n - 7],
  ]) {
    for (let row = top - 1; row <= top + 7; row++) {
      for (let column = left - 1; column <= left + 7; column++) {
        if (row < 0 || column < 0 || row >= n || column >= n) continue;
        const ring = Math.max(Math.abs(column - left - 3), Math.abs(row - top - 3));
        fixed.push({ column, row, dark: ring === 3 || ring <= 1 });
      }
    }
  }
  for (let i = 8; i < n - 8; i++) {
    fixed.push({ column: i, row: 6, dark: i % 2 === 0 }, { column: 6, row: i, dark: i % 2 === 0 });
  }
  if (version >= 2 && version <= 6) {
    for (let dy = -2; dy <= 2; dy++) {
      for (let dx = -2; dx <= 2; dx++) {
        fixed.push({ column: n - 7 + dx, row: n - 7 + dy, dark: Math.max(Math.abs(dx), Math.abs(dy)) !== 1 });
      }
    }
  }
  return fixed;
}

function drawCode(modules: number, fixed: readonly FixedModule[], sampled: (column: number, row: number) => boolean): GrayImage {
  const dark = Array.from({ length: modules * modules }, (_, i) => sampled(i % modules, Math.floor(i / modules)));
  for (const module of fixed) dark[module.row * modules + module.column] = module.dark;
  const size = (modules + 2 * QUIET) * PX_PER_MODULE;
  const data = new Uint8Array(size * size).fill(255);
  for (let y = QUIET * PX_PER_MODULE; y < size - QUIET * PX_PER_MODULE; y++) {
    const row = Math.floor(y / PX_PER_MODULE) - QUIET;
    for (let column = 0; column < modules; column++) {
      const from = y * size + (column + QUIET) * PX_PER_MODULE;
      if (dark[row * modules + column]) data.fill(0, from, from + PX_PER_MODULE);
    }
  }
  return { width: size, height: size, data };
}
