import { SCANNERS } from "../../lib/simulate/scanners.ts";
import { SCENES } from "../../lib/simulate/scene.ts";
import type { CorpusKind } from "../../scripts/bench/corpus/corpus-kind.ts";
import { drawOtherPage } from "../../scripts/bench/corpus/draw-other-page.ts";
import { covered, onPaper } from "../../scripts/bench/corpus/on-paper.ts";
import { jpeg, oneSheet, otherPage, photographed, scanned } from "../../scripts/bench/corpus/take-picture.ts";

const { bilevel300, flatbed300, feeder300 } = SCANNERS;
const bilevel = { ...bilevel300, dpi: 200 };
const fax = (): { as: "tiff-1-bit" } => ({ as: "tiff-1-bit" });
const pen = { traits: { ink: "black" } } as const;
const phone = { ...SCENES.processed, widthPx: 1440, heightPx: 1920 };

/** The committed cases: small pictures of 150 to 200 dpi. `generate.ts` writes them. */
export const CASES: Readonly<Record<string, CorpusKind>> = {
  "digits-150-dpi": oneSheet({
    about: "digits, Letter, a flatbed's grey at 150 dpi",
    sheet: { template: "digits", paper: "letter" },
    device: () => scanned({ ...flatbed300, dpi: 150 }),
    encoding: jpeg(60, 60),
  }),
  "letters-1-bit": oneSheet({
    about: "letters, 1 bit",
    sheet: { ...pen, template: "letters" },
    device: () => scanned(bilevel),
    encoding: fax,
  }),
  "custom-upside-down": oneSheet({
    about: "own characters, fed upside down, 1 bit",
    sheet: { ...pen, template: "custom", custom: { characters: "0123456789+AaBb", repeats: 6, boxMm: 11 } },
    device: () => scanned({ ...bilevel, turnDeg: 180 }),
    encoding: fax,
  }),
  "nist-hsf-undivided": oneSheet({
    about: "the NIST template's undivided fields, 1 bit",
    sheet: { ...pen, template: "nist-hsf" },
    device: () => scanned(bilevel),
    encoding: fax,
  }),
  "turned-any": oneSheet({
    about: "digits, turned by any angle, 1 bit",
    sheet: { ...pen, template: "digits" },
    device: () => scanned({ ...bilevel, skewDeg: 45, borderMm: 65, turnDeg: 90 }),
    encoding: fax,
  }),
  "a4-on-letter": oneSheet({
    about: "an A4 card printed on Letter at full size: its edges are cut",
    sheet: { ...pen, template: "letters", paper: "a4" },
    paper: (sheet) => onPaper(sheet, [215.9, 279.4], 1),
    device: () => scanned(bilevel),
    encoding: fax,
  }),
  "corner-covered": oneSheet({
    about: "one corner mark covered",
    sheet: { ...pen, template: "letters", paper: "a4" },
    paper: (sheet, rng) => covered(sheet, [186, 0, 24, 24], rng),
    device: () => scanned(bilevel),
    encoding: fax,
  }),
  "code-covered": oneSheet({
    about: "the square code covered, the text code not",
    sheet: { ...pen, template: "digits", paper: "a4" },
    paper: (sheet, rng) => covered(sheet, [23, 265, 22, 22], rng),
    device: () => scanned(bilevel),
    encoding: fax,
  }),
  photograph: oneSheet({
    about: "a photograph of 2.8 megapixels, a finger and things on the desk",
    sheet: { template: "letters", colour: true },
    device: () => photographed({ ...phone, tiltDeg: [15, 20], clutter: [2, 3] }),
    encoding: jpeg(60, 60),
  }),
  "rolled-sheet": oneSheet({
    about: "a photograph of a sheet that was rolled",
    sheet: { template: "letters", colour: true },
    device: () => photographed(phone, () => ({ shape: [{ kind: "roll", acrossDeg: 90, radiusMm: 500, up: "middle" }] })),
    encoding: jpeg(60, 60),
  }),
  "no-blank": otherPage(
    "a blank sheet",
    () => Promise.resolve({ width: 620, height: 877, data: new Uint8Array(620 * 877 * 3).fill(255) }),
    {
      pxPerMm: 75 / 25.4,
      device: () => scanned({ ...feeder300, dpi: 75 }),
      encoding: jpeg(60, 60),
    },
  ),
  "no-form": otherPage("another form", ({ rng }) => drawOtherPage("form", rng), { device: () => scanned(bilevel), encoding: fax }),
  "no-half": oneSheet({
    about: "half of a card",
    readable: false,
    sheet: { ...pen, template: "digits" },
    device: () => scanned({ ...bilevel, borderMm: -55, shiftMm: 0 }),
    encoding: fax,
  }),
};
