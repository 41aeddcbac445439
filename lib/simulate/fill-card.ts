import type { Card, Field } from "../card/card-manifest.ts";
import { assertArgument } from "../core/assert.ts";
import type { Box } from "../core/geometry.ts";
import { Rng } from "../core/rng.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { applyInk } from "./apply-ink.ts";
import { copyWrongly } from "./copy-wrongly.ts";
import type { InkMask } from "./ink-mask.ts";
import { composeLineText } from "./line-text.ts";
import { type MishapRates, type MishapTraces, sufferMishap } from "./mishaps.ts";
import { findInkBounds, type PageTruth, type TruthField, type TruthGlyph } from "./page-truth.ts";
import type { SimulatedWriter } from "./simulated-writer.ts";
import { skipPatches } from "./skip-patches.ts";
import { drawStrayMarks } from "./stray-marks.ts";
import { writeInBox } from "./write-in-box.ts";
import { writeRunning } from "./write-running.ts";

export interface FillOptions {
  readonly rng: Rng;
  /** Probability that another character than the prompt is written. Default 0. */
  readonly errorRate?: number;
  /** Probability that a box is left blank (or a character of an undivided field left out). Default 0. */
  readonly blankRate?: number;
  /** Probability that a character of an undivided field touches the one before. Default 0. */
  readonly touching?: number;
  /** Probability that a character crosses its box's line. Default 0: the ink keeps `marginMm` from the lines. */
  readonly overflow?: number;
  /** Default 0.5. */
  readonly marginMm?: number;
  /** Digits for the writer boxes, from the left; null or absent leaves them blank. */
  readonly writerCode?: string | null;
  /** Text of `line` fields by name; others get an invented date, city, state or zip code. `""` leaves one blank. */
  readonly lines?: Readonly<Record<string, string>>;
  /** Real characters: a 28 x 28 image (255 = ink, as MNIST's) of the one to write, or null for the pen's own strokes. */
  readonly glyphSource?: (char: string, rng: Rng) => Uint8Array | null;
  /** Probabilities of what can happen to a character in a box. Default none. */
  readonly mishaps?: MishapRates;
  /** Marks between the fields. Default none. */
  readonly strayMarks?: number;
}

export interface FilledPage<Image> {
  readonly image: Image;
  readonly truth: PageTruth;
}

/**
 * Fills one printed card page in with a simulated pen. The page's raster sets the resolution (any dpi, x and y apart).
 * @param page the printed page as rendered, grey or RGB (then the ink keeps its colour); not written to.
 * @param pageIndex from 0.
 * @returns a new image of the page's size and kind, and the truth about every character.
 * @throws InkformError `invalid-argument` for a page the card doesn't have, a raster of another shape than the page, or a prompt the
 *   pen can't write.
 */
export function fillCard<Image extends GrayImage | RgbImage>(
  page: Image,
  card: Card,
  pageIndex: number,
  writer: SimulatedWriter,
  options: FillOptions,
): FilledPage<Image> {
  const layout = card.pages[pageIndex];
  assertArgument(layout !== undefined, `fillCard needs a page from 0 to ${card.pages.length - 1} of card ${card.code}, got ${pageIndex}`);
  const scale: [number, number] = [page.width / layout.widthMm, page.height / layout.heightMm];
  assertArgument(
    Math.abs(scale[0] / scale[1] - 1) < 0.02,
    `fillCard needs a raster of the whole page (${layout.widthMm} x ${layout.heightMm} mm), got ${page.width} x ${page.height} px`,
  );
  const channels = page.data.length === page.width * page.height * 3 ? 3 : 1;
  assertArgument(page.data.length === page.width * page.height * channels, "fillCard needs a grey or RGB raster");
  const { rng } = options;
  const target = { width: page.width, height: page.height, data: page.data.slice(), channels } as const;
  // What happens besides the writing has its own luck, so that pages without it are as they were.
  const chance = options.mishaps || options.strayMarks ? new Rng(rng.uint32()) : null;
  let id = 0;
  const left = (ink: InkMask): InkMask => skipPatches(ink, writer.skips ?? 0, scale[0]);

  const fields = layout.fields.map((field): TruthField => {
    const places = writeField(field, { writer, options, scale, rng, chance, writerCode: options.writerCode ?? "" });
    const glyphs = places.map(({ faint = [], ...place }, index): TruthGlyph => {
      const ink = place.ink && left(place.ink);
      const inkPx = ink && findInkBounds(ink);
      for (const trace of faint) applyInk(target, left(trace), { writer, pxPerMm: scale[0] });
      if (ink) applyInk(target, ink, { writer, pxPerMm: scale[0] });
      id++;
      const inkMm: Box | null = inkPx && [inkPx[0] / scale[0], inkPx[1] / scale[1], inkPx[2] / scale[0], inkPx[3] / scale[1]];
      return { id, field: field.name, index, ...place, ink, inkPx, inkMm };
    });
    const written = glyphs.map((glyph) => glyph.written ?? "").join("");
    return { name: field.name, kind: field.kind, prompt: field.prompt, written, glyphs };
  });

  const strays = chance && options.strayMarks ? drawStrayMarks(layout, options.strayMarks, { writer, scale, rng: chance }) : [];
  for (const ink of strays) applyInk(target, left(ink), { writer, pxPerMm: scale[0] });

  return {
    image: { width: page.width, height: page.height, data: target.data } as Image,
    truth: {
      widthPx: page.width,
      heightPx: page.height,
      pxPerMm: scale,
      writerSeed: writer.seed,
      writerCode: options.writerCode ?? null,
      fields,
      ...(strays.length > 0 ? { strayMarks: strays.map((ink) => findInkBounds(ink)).filter((bounds) => bounds !== null) } : {}),
    },
  };
}

interface Place extends MishapTraces {
  readonly prompt: string | null;
  readonly written: string | null;
  readonly boxMm: Box | null;
}

interface Writing {
  readonly writer: SimulatedWriter;
  readonly options: FillOptions;
  readonly scale: readonly [number, number];
  readonly rng: Rng;
  readonly chance: Rng | null;
  readonly writerCode: string;
}

function writeField(field: Field, writing: Writing): Place[] {
  const { writer, options, scale, rng, writerCode } = writing;
  const { glyphSource } = options;
  const sampleOf = glyphSource && ((char: string) => glyphSource(char, rng));
  switch (field.kind) {
    case "writer": {
      assertArgument(
        writerCode.length <= field.boxes.length || field.boxes.length === 0,
        `the writer code "${writerCode}" is longer than the card's ${field.boxes.length} writer boxes`,
      );
      return writeBoxes(field, [...writerCode], writing).map((place) => ({ ...place, prompt: null }));
    }
    case "text":
    case "line": {
      const text =
        field.kind === "text"
          ? field.prompt
          : (options.lines?.[field.name] ?? composeLineText({ name: field.name, widthMm: field.box[2] }, rng));
      return writeRunning(text, writer, field.box, { rng, scale, touching: 0, kind: field.kind, sampleOf }).map(({ char, ink }) => ({
        prompt: null,
        written: char,
        boxMm: null,
        ink,
      }));
    }
    case "digits":
    case "lowercase":
    case "uppercase":
    case "characters": {
      const prompts = [...field.prompt];
      const written = prompts.map((char) =>
        copyWrongly(char, rng, { errorRate: options.errorRate ?? 0, blankRate: options.blankRate ?? 0 }),
      );
      if (field.boxes.length > 0) return writeBoxes(field, written, writing);
      const line = writeRunning(written.map((char) => char ?? "").join(""), writer, field.box, {
        rng,
        scale,
        touching: options.touching ?? 0,
        kind: field.kind,
        sampleOf,
      });
      let next = 0;
      return prompts.map((prompt, i) => ({ prompt, written: written[i], boxMm: null, ink: written[i] === null ? null : line[next++].ink }));
    }
  }
}

function writeBoxes(field: Field, chars: readonly (string | null)[], writing: Writing): Place[] {
  const { writer, options, scale, rng, chance } = writing;
  const onBaseline = field.kind === "lowercase" || field.kind === "uppercase" || field.kind === "characters";
  return field.boxes.map((box, i): Place => {
    const char = chars[i] ?? null;
    const prompt = field.prompt[i] ?? null;
    if (char === null) return { prompt, written: null, boxMm: box, ink: null };
    const overflow = rng.float() < (options.overflow ?? 0);
    const write = (what: string, luck: Rng, crossing: boolean): InkMask => {
      const sample = options.glyphSource?.(what, luck) ?? null;
      return writeInBox(what, writer, box, { rng: luck, scale, marginMm: options.marginMm ?? 0.5, onBaseline, overflow: crossing, sample });
    };
    const ink = write(char, rng, overflow);
    if (!chance || !options.mishaps) return { prompt, written: char, boxMm: box, ink };
    const pen = { writer, scale, rng: chance };
    return { prompt, written: char, boxMm: box, ...sufferMishap(ink, char, (other) => write(other, chance, false), options.mishaps, pen) };
  });
}
