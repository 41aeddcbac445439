import { describeEncoding, encodePicture } from "../../../lib/server/codec/encode-picture.ts";
import { CAMERAS, type Camera } from "../../../lib/simulate/cameras.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
import type { CorpusContext, CorpusKind, CorpusPage } from "./corpus-kind.ts";
import { fillSheet, fillSheets } from "./fill-sheet.ts";
import { paste } from "./on-paper.ts";
import { jpeg, oneSheet, type Picture, photographed, scanned, type Trouble } from "./take-picture.ts";

const { phone, phoneDim, phoneTilted, phoneTurned } = CAMERAS;

/** Pages taken with a telephone, and files of several pages. */
export const PHOTO_KINDS: Readonly<Record<string, CorpusKind>> = {
  phone: photos("12 megapixels, daylight", phone),
  "phone-dim": photos("in the evening: dark, noisy, soft, a deep shadow", phoneDim),
  "phone-tilted": photos("25 to 35 degrees from straight above", { ...phoneTilted, tiltDeg: [25, 35] }),
  "phone-turned": photos("any turn", phoneTurned),
  "phone-uneven": photos("light that falls by half over the page, a hard shadow", { ...phone, gradient: [0.3, 0.5], shadow: [0.3, 0.5] }),
  "phone-blur": photos("out of focus or moved", { ...phone, blurPx: [1.5, 2.5], motionPx: [2, 6] }),
  "phone-noise": photos("a sensor's noise at high gain", { ...phone, noise: 12 }),
  "phone-small": photos("5 megapixels, the page fills two thirds", { ...phone, widthPx: 1944, heightPx: 2592, fill: [0.66, 0.75] }),
  "sharpened-jpeg": photos("sharpened by the telephone, JPEG of quality 40 to 60", phone, { after: sharpened, encoding: jpeg(40, 60) }),
  "two-cards": { about: "two cards side by side in one photograph", readable: true, make: photographTwo },
  "both-sides": { about: "a card of several pages, its scans in any order in one file each", readable: true, make: scanAnyPage },
};

function photos(about: string, camera: Camera, more: Partial<Trouble> = {}): CorpusKind {
  return oneSheet({ about, sheet: { colour: true }, device: () => photographed(camera), ...more });
}

/** Unsharp mask over 5 x 5 px, as strong as telephones have it: edges get a bright seam. */
function sharpened({ width, height, data }: Picture): Picture {
  const channels = data.length / (width * height);
  const out = data.slice();
  const stride = width * channels;
  for (let y = 2; y < height - 2; y++) {
    for (let i = y * stride + 2 * channels; i < (y + 1) * stride - 2 * channels; i++) {
      const around = data[i - 2 * channels]! + data[i + 2 * channels]! + data[i - 2 * stride]! + data[i + 2 * stride]!;
      out[i] = Math.min(255, Math.max(0, data[i]! + 0.9 * (data[i]! - around / 4)));
    }
  }
  return { width, height, data: out };
}

async function photographTwo(context: CorpusContext): Promise<CorpusPage> {
  const { rng } = context;
  const first = await fillSheet(context, { colour: true, dpi: 240 });
  const second = await fillSheet({ rng, index: context.index + 1 }, { colour: true, dpi: 240 });
  const gap = 60 + rng.int(120);
  const width = first.image.width + second.image.width + 3 * gap;
  const height = Math.max(first.image.height, second.image.height) + 2 * gap;
  const desk = { width, height, data: new Uint8Array(3 * width * height) };
  const wood = [100 + rng.int(40), 80 + rng.int(20), 60];
  for (let i = 0; i < desk.data.length; i++) desk.data[i] = wood[i % 3]!;
  const offsets = [
    { x: gap, y: gap + rng.int(gap) },
    { x: first.image.width + 2 * gap, y: gap + rng.int(gap) },
  ];
  paste(desk, first.image, offsets[0]!.x, offsets[0]!.y);
  paste(desk, second.image, offsets[1]!.x, offsets[1]!.y);
  const shot = photographed({ ...phone, widthPx: 4000, heightPx: 3000, turnDeg: [-5, 5], fill: [0.94, 0.99] })(desk, [1, 1], rng);
  const encoding = jpeg(75, 92)(rng);
  return {
    file: await encodePicture(shot.image, encoding),
    sheets: [first, second].map(({ card, pageIndex, truth }, i) => {
      const { x, y } = offsets[i]!;
      return { card, pageIndex, truth, project: (point) => shot.project({ x: point.x + x, y: point.y + y }) };
    }),
    drawn: `${first.drawn} and ${second.drawn}; ${shot.drawn}; ${describeEncoding(encoding)}`,
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
