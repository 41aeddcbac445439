import type { CardPage } from "../card/card-manifest.ts";
import type { QualityProblem } from "./check-registration.ts";
import { nameBoxes } from "./name-boxes.ts";
import type { PageQuality, QualityRegion } from "./page-quality.ts";

/** Where boxes begin to be read wrong: lib/page/README.md has the curves. */
const MAX_BLUR_MM = 0.8;
/** Noise is lifted where blur is taken back: that much less blur for each unit of noise. */
const BLUR_PER_NOISE = 3;
const ALWAYS_SHARP_MM = 0.5;
const MAX_NOISE = 0.088;
/** Below this grey the paper's noise is for want of light. */
const DARK_PAPER = 90;
/** A few boxes that can't be seen are left in doubt; of more than this share the page is better scanned again: a reflection leaves the others as they are. */
const MAX_COVERED = 1 / 8;
const MAX_REFLECTED = 2 / 5;

/** Halftone scans whose writing can be read have at most 0.07, where strokes lose parts 0.09, one whose pencil strokes fell apart 0.69; others 0.003. */
const MAX_DOTTED = 0.08;

const PLACES = [
  ["upper left", "top", "upper right"],
  ["left", "middle", "right"],
  ["lower left", "bottom", "lower right"],
] as const;

/** Whether what is written on a registered page can be read; else what is wrong, where, and what to do. Null where it can. */
export function judgeQuality(quality: PageQuality, page: CardPage): QualityProblem | null {
  const { regions, hidden } = quality;
  const dark = regions.filter((region) => region.noise > MAX_NOISE && region.paper < DARK_PAPER);
  if (dark.length > 0) {
    return problem(`The picture is too dark ${whereOf(dark, regions)}: move the lamp or turn on more light, and take the picture again.`);
  }
  const blurred = regions.filter(
    (region) => region.blurMm !== null && region.blurMm > Math.max(ALWAYS_SHARP_MM, MAX_BLUR_MM - BLUR_PER_NOISE * region.noise),
  );
  if (blurred.length > 0) {
    return problem(
      `The picture is blurred ${whereOf(blurred, regions)} (edges are smeared over ${worst(blurred.map((region) => region.blurMm ?? 0))} mm): hold the telephone still, tap on the card to focus, and lay the card flat.`,
    );
  }
  const grainy = regions.filter((region) => region.noise > MAX_NOISE);
  if (grainy.length > 0) {
    return problem(
      `The picture is too grainy ${whereOf(grainy, regions)}: strokes can't be told from specks. Use more light, or scan in grey rather than in black and white.`,
    );
  }
  const boxes = page.fields.reduce((sum, field) => sum + Math.max(1, field.boxes.length), 0);
  const reflected = hidden.filter((box) => box.by === "reflection").length;
  if (hidden.length - reflected > MAX_COVERED * boxes || hidden.length > MAX_REFLECTED * boxes) {
    const reflection = 2 * reflected > hidden.length;
    return problem(
      reflection
        ? `A reflection hides ${nameBoxes(hidden, page)}: tilt the card or the telephone, or move the lamp, until it is gone.`
        : `Something covers ${nameBoxes(hidden, page)}: take it away, and scan the card again.`,
    );
  }
  return null;
}

/** The same of the writing itself. @param dottedShare of its ink, what lies in pieces too small to be strokes (`isolateBoxes`) */
export function judgeStrokes(dottedShare: number): QualityProblem | null {
  if (dottedShare <= MAX_DOTTED) return null;
  return problem(
    "What is written falls apart into dots, as in a scan in black and white that shows grey as a screen of dots: scan the page in grey or in colour.",
  );
}

function problem(message: string): QualityProblem {
  return { code: "low-quality", message };
}

/** "in the lower left of the card", or nothing where it is so nearly everywhere. */
function whereOf(bad: readonly QualityRegion[], all: readonly QualityRegion[]): string {
  if (3 * bad.length > 2 * all.length) return "all over the card";
  const names = bad.map(({ row, column }) => PLACES[row][column]);
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
  return `in the ${list} of the card`;
}

function worst(values: readonly number[]): string {
  return Math.max(...values).toFixed(1);
}
