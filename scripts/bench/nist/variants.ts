import { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage, RgbImage } from "../../../lib/image/images.ts";
import { CAMERAS, type Camera } from "../../../lib/simulate/cameras.ts";
import { photographPage } from "../../../lib/simulate/photograph-page.ts";
import { scanPage } from "../../../lib/simulate/scan-page.ts";
import { SCANNERS, type Scanner } from "../../../lib/simulate/scanners.ts";

/** Another picture of the same page. */
export interface Variant {
  readonly name: string;
  readonly make: (page: GrayImage) => GrayImage | RgbImage;
}

/** px a mm of NIST's scans: 300 dpi. */
const PX_PER_MM = [300 / 25.4, 300 / 25.4] as const;

/** A scan without chance in its place, so that a figure belongs to one trouble. */
const plain: Scanner = {
  ...SCANNERS.flatbed300,
  skewDeg: 0,
  shiftMm: 0,
  noise: 0,
  blurPx: 0,
  paperLevel: 255,
  blackLevel: 0,
  lidLevel: 255,
};

function scanned(name: string, change: Partial<Scanner>): Variant {
  return { name, make: (page) => scanPage(page, { ...plain, ...change }, { rng: new Rng(5), pagePxPerMm: PX_PER_MM }).image };
}

function photographed(name: string, camera: Camera, seed: number): Variant {
  return { name, make: (page) => photographPage(page, camera, new Rng(seed)).image };
}

/** Turned about its centre by so many degrees, nothing cut off: `skewDeg` is drawn from both sides, so the turn is made here. */
function turned(degrees: number): Variant {
  const camera: Camera = {
    ...CAMERAS.pinhole,
    widthPx: 3000,
    heightPx: 3900,
    tiltDeg: [0, 0],
    turnDeg: [degrees, degrees],
    fill: [0.95, 0.95],
  };
  return photographed(`turned by ${degrees} degrees on a dark desk`, camera, 3);
}

/** What a copy, a scanner or a phone does to one page. Seeded: every run gives the same pictures. */
export const VARIANTS: readonly Variant[] = [
  { name: "as it is", make: (page) => page },
  scanned("turned by 90 degrees", { turnDeg: 90 }),
  scanned("turned by 180 degrees", { turnDeg: 180 }),
  scanned("turned by 270 degrees", { turnDeg: 270 }),
  turned(3),
  turned(-7),
  scanned("200 dpi", { dpi: 200 }),
  scanned("150 dpi", { dpi: 150 }),
  scanned("600 dpi", { dpi: 600 }),
  scanned("200 dpi, 1 bit", { dpi: 200, mode: "bilevel" }),
  {
    ...scanned("flatbed, grey", {}),
    make: (page) => scanPage(page, SCANNERS.flatbed300, { rng: new Rng(6), pagePxPerMm: PX_PER_MM }).image,
  },
  {
    name: "flatbed, colour, yellowish paper",
    make: (page) =>
      tint(scanPage(page, { ...SCANNERS.flatbed300, mode: "colour" }, { rng: new Rng(7), pagePxPerMm: PX_PER_MM }).image, [1, 0.96, 0.82]),
  },
  { name: "1-bit copier", make: (page) => scanPage(page, SCANNERS.bilevel300, { rng: new Rng(8), pagePxPerMm: PX_PER_MM }).image },
  { name: "feeder, stretched", make: (page) => scanPage(page, SCANNERS.feeder300, { rng: new Rng(9), pagePxPerMm: PX_PER_MM }).image },
  scanned("stretched by 2 % along", { stretch: [1, 1.02] }),
  scanned("stretched by 3 % across", { stretch: [1.03, 1] }),
  scanned("black borders of 12 mm", { borderMm: 12, lidLevel: 0 }),
  scanned("margins cut by 8 mm", { borderMm: -8 }),
  photographed("phone", CAMERAS.phone, 11),
  photographed("phone, dim", CAMERAS.phoneDim, 12),
  photographed("phone, tilted", CAMERAS.phoneTilted, 13),
  photographed("phone, any turn", CAMERAS.phoneTurned, 14),
  photographed("phone, 8 megapixels", CAMERAS.phone8, 15),
];

function tint(image: GrayImage | RgbImage, gains: readonly [number, number, number]): RgbImage {
  const { width, height, data } = image;
  const channels = data.length / (width * height);
  const out = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) out[3 * i + c] = data[i * channels + (channels === 3 ? c : 0)]! * gains[c]!;
  return { width, height, data: out };
}
