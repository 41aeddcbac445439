import type { Rng } from "../../../lib/core/rng.ts";
import { describeEncoding, encodePicture } from "../../../lib/server/codec/encode-picture.ts";
import { CAMERAS } from "../../../lib/simulate/cameras.ts";
import type { PaperShape } from "../../../lib/simulate/paper-shape.ts";
import { photographPages } from "../../../lib/simulate/photograph-pages.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
import { SCENES, type Scene } from "../../../lib/simulate/scene.ts";
import type { CorpusContext, CorpusKind, CorpusPage } from "./corpus-kind.ts";
import { type FilledSheet, fillSheet, fillSheets } from "./fill-sheet.ts";
import { describeShot, jpeg, type Laid, oneSheet, photographed, scanned, type Trouble } from "./take-picture.ts";

const phone: Scene = { ...SCENES.processed, desk: "any", clutter: [0, 3] };

/** Pages taken with a telephone, and files of several pages. */
export const PHOTO_KINDS: Readonly<Record<string, CorpusKind>> = {
  phone: photos("12 megapixels, daylight, any desk with things on it", phone),
  "phone-dim": photos("in the evening: dark, noisy, soft, a deep shadow", { ...phone, ...CAMERAS.phoneDim }),
  "phone-night": photos("at night under a warm lamp", { ...phone, ...SCENES.night }),
  "phone-tilted": photos("25 to 35 degrees from straight above", { ...phone, tiltDeg: [25, 35], turnDeg: [-15, 15] }),
  "phone-turned": photos("any turn", { ...phone, turnDeg: [0, 360] }),
  "phone-shadow": photos("light that falls by half over the page, a shadow with an edge", {
    ...phone,
    gradient: [0.3, 0.5],
    hardShadow: { depth: [0.3, 0.6], softPx: [4, 60] },
  }),
  "phone-colours": photos("two lights of different colours", {
    ...phone,
    cast: [
      [0.9, 1.1],
      [0.88, 1],
      [0.7, 1.1],
    ],
    secondCast: [
      [0.75, 1.1],
      [0.88, 1],
      [0.7, 1.1],
    ],
  }),
  "phone-glare": photos("a lamp mirrored in the paper", { ...phone, glare: { strength: [0.3, 0.7], radius: [0.08, 0.25] } }),
  "phone-blur": photos("out of focus or moved", { ...phone, blurPx: [1.5, 2.5], motionPx: [2, 6] }),
  "phone-focus": photos("in focus on one side only", { ...phone, defocusPx: [2, 4] }),
  "phone-noise": photos("a sensor's noise at high gain", { ...phone, noise: 12, chromaNoise: [3, 8] }),
  "phone-small": photos("5 megapixels, the page fills two thirds", { ...phone, widthPx: 1944, heightPx: 2592, fill: [0.66, 0.75] }),
  "sharpened-jpeg": photos(
    "sharpened hard, JPEG of quality 40 to 60",
    { ...phone, sharpen: { amount: [1.5, 2.5], px: [1, 2] } },
    { encoding: jpeg(40, 60) },
  ),
  screen: photos("a page on a screen, with its pixels", { ...phone, ...SCENES.screen, clutter: [0, 0] }),
  curl: photos("a side or corner lifts off the desk by 5 to 25 mm, or the sheet was rolled", phone, {
    laid: (rng) => ({ shape: drawCurl(rng) }),
  }),
  folds: photos("folded once or twice as a letter, the folds not quite flat", phone, { laid: (rng) => ({ shape: drawFolds(rng) }) }),
  waves: photos("paper that was damp: waves of 0.5 to 2 mm", phone, { laid: (rng) => ({ shape: drawWaves(rng) }) }),
  "corner-covered": oneSheet({
    about: "a finger or coin lies on one corner mark, or that corner is torn off or folded over",
    sheet: { colour: true },
    device: ({ rng }, sheet) => photographed(phone, () => hideCorner(sheet, rng)),
  }),
  "two-cards": { about: "two cards side by side in one photograph", readable: true, make: photographTwo },
  "both-sides": { about: "a card of several pages, its scans in any order in one file each", readable: true, make: scanAnyPage },
};

function photos(about: string, scene: Scene, { laid, ...more }: Partial<Trouble> & { laid?: (rng: Rng) => Laid } = {}): CorpusKind {
  return oneSheet({ about, sheet: { colour: true }, device: () => photographed(scene, laid), ...more });
}

const CORNERS = ["topLeft", "topRight", "bottomRight", "bottomLeft"] as const;

/** Hides one mark and nothing of the boxes, nor of the square code at the lower left. */
function hideCorner({ card, pageIndex }: FilledSheet, rng: Rng): Laid {
  const corner = rng.int(4);
  const { xMm, yMm } = card.pages[pageIndex]!.fiducials[corner]!;
  const how = rng.float();
  if (how < 0.25) return { corners: [{ corner: CORNERS[corner]!, how: "torn", sizeMm: [rng.between(31, 36), rng.between(31, 36)] }] };
  if (how < 0.45 && corner < 3) {
    return { corners: [{ corner: CORNERS[corner]!, how: "folded", sizeMm: [rng.between(26, 30), rng.between(26, 30)] }] };
  }
  if (how < 0.65 && corner < 3) return { covers: [{ kind: "coin", atMm: { x: xMm, y: yMm } }] };
  // A finger comes in over the nearest corner of the paper; its tip reaches past the mark's middle.
  const turnDeg = [45, 135, 225, 315][corner]! + rng.between(-15, 15);
  const angle = (turnDeg * Math.PI) / 180;
  return { covers: [{ kind: "finger", atMm: { x: xMm + 4 * Math.cos(angle), y: yMm + 4 * Math.sin(angle) }, turnDeg }] };
}

function drawCurl(rng: Rng): PaperShape {
  if (rng.float() < 0.3)
    return [
      { kind: "roll", acrossDeg: rng.float() < 0.5 ? 0 : 90, radiusMm: rng.between(300, 900), up: rng.float() < 0.5 ? "middle" : "edges" },
    ];
  return [{ kind: "curl", towardsDeg: 45 * rng.int(8), heightMm: rng.between(5, 25), lengthMm: rng.between(70, 180) }];
}

function drawFolds(rng: Rng): PaperShape {
  const angle = (): number => rng.between(3, 15) * (rng.float() < 0.5 ? 1 : -1);
  const creases = rng.float() < 0.5 ? [0.5] : [1 / 3, 2 / 3];
  const first = { kind: "fold" as const, acrossDeg: 90, creases: creases.map((atShare) => ({ atShare, angleDeg: angle() })) };
  return rng.float() < 0.6 ? [first] : [first, { kind: "fold", acrossDeg: 0, creases: [{ atShare: 0.5, angleDeg: angle() }] }];
}

function drawWaves(rng: Rng): PaperShape {
  return [
    {
      kind: "waves",
      acrossDeg: rng.between(0, 180),
      amplitudeMm: rng.between(0.5, 2),
      lengthMm: rng.between(60, 160),
      phaseDeg: rng.between(0, 360),
    },
  ];
}

async function photographTwo(context: CorpusContext): Promise<CorpusPage> {
  const { rng } = context;
  const first = await fillSheet(context, { colour: true, dpi: 240 });
  const second = await fillSheet({ rng, index: context.index + 1 }, { colour: true, dpi: 240 });
  const { width, pxPerMm } = { width: first.image.width, pxPerMm: first.truth.pxPerMm };
  const apart = width / pxPerMm[0] + rng.between(8, 30);
  const sheets = [first, second].map(({ image, truth }, i) => ({
    image,
    pxPerMm: truth.pxPerMm,
    at: { xMm: (i - 0.5) * apart, yMm: rng.between(-15, 15), turnDeg: rng.between(-2, 2) + (rng.float() < 0.2 ? 180 : 0) },
  }));
  const { image, pages, shot } = photographPages(sheets, { ...phone, widthPx: 4000, heightPx: 3000, fill: [0.94, 0.99] }, rng);
  const encoding = jpeg(75, 92)(rng);
  return {
    file: await encodePicture(image, encoding),
    sheets: [first, second].map(({ card, pageIndex, truth }, i) => ({ card, pageIndex, truth, project: pages[i]!.project })),
    drawn: `${first.drawn} and ${second.drawn}; ${describeShot(shot)}; ${describeEncoding(encoding)}`,
  };
}

async function scanAnyPage(context: CorpusContext): Promise<CorpusPage> {
  const { rng } = context;
  const sheets = await fillSheets(context, { template: "custom", custom: { characters: "0123456789+AaBb", repeats: 20, boxMm: 12 } });
  const { card, pageIndex, truth, image, drawn } = sheets[rng.int(sheets.length)]!;
  const shot = scanned({ ...SCANNERS.feeder300, turnDeg: rng.float() < 0.5 ? 0 : 180 })(image, truth.pxPerMm, rng);
  const encoding = jpeg(60, 92)(rng);
  return {
    file: await encodePicture(shot.image, encoding),
    sheets: [{ card, pageIndex, truth, project: shot.project }],
    drawn: `${drawn}, page ${pageIndex + 1} of ${sheets.length}; ${shot.drawn}; ${describeEncoding(encoding)}`,
  };
}
