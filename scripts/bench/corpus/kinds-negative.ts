import type { RgbImage } from "../../../lib/image/images.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
import { SCENES, type Scene } from "../../../lib/simulate/scene.ts";
import type { CorpusContext, CorpusKind, Picture } from "./corpus-kind.ts";
import { drawOtherPage } from "./draw-other-page.ts";
import { oneSheet, otherPage, photographed, scanned } from "./take-picture.ts";

const phone: Scene = { ...SCENES.processed, desk: "any", clutter: [0, 4] };

/** Pictures that must be refused: nothing to read, or too little of it. */
export const NEGATIVE_KINDS: Readonly<Record<string, CorpusKind>> = {
  "no-blank": pages("a blank sheet", () => Promise.resolve(blank(2480, 3508))),
  "no-form": pages("another form, with squares in its corners", ({ rng }) => drawOtherPage("form", rng)),
  "no-text": pages("a page of text", ({ rng }) => drawOtherPage("text", rng)),
  "no-desk": otherPage("no paper at all, the desk alone", () => Promise.resolve(blank(210, 297)), {
    device: () => photographed({ ...phone, fill: [0.01, 0.02] }),
  }),
  "no-half": oneSheet({
    about: "half of the card is outside the picture",
    readable: false,
    sheet: { colour: true },
    device: ({ rng }) => {
      const camera = photographed({ ...phone, frameShift: [0.45, 0.6] });
      return rng.float() < 0.7 ? camera : scanned({ ...SCANNERS.flatbed300, shiftMm: 0, borderMm: -55 });
    },
  }),
  "no-dark": oneSheet({
    about: "far too dark: the paper at 4 to 9 of 255, with noise",
    readable: false,
    sheet: { colour: true },
    device: () => photographed({ ...phone, paperLevel: [4, 9], noise: 8 }),
  }),
  "no-blur": oneSheet({
    about: "far too blurred: strokes run into each other",
    readable: false,
    sheet: { colour: true },
    device: () => photographed({ ...phone, blurPx: [14, 22] }),
  }),
  "no-small": oneSheet({
    about: "far too small: the page is 200 to 330 px high",
    readable: false,
    sheet: { colour: true },
    device: () => photographed({ ...phone, widthPx: 600, heightPx: 800, fill: [0.25, 0.4] }),
  }),
};

/** Scanned or photographed by turns. */
function pages(about: string, draw: (context: CorpusContext) => Promise<Picture>): CorpusKind {
  return otherPage(about, draw, { device: ({ index }) => (index % 2 === 0 ? scanned(SCANNERS.feeder300) : photographed(phone)) });
}

function blank(width: number, height: number): RgbImage {
  return { width, height, data: new Uint8Array(3 * width * height).fill(255) };
}
