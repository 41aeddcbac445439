import { buildCard } from "../../card/build-card.ts";
import { CAMERAS } from "../../simulate/cameras.ts";
import { DEMO_WRITERS } from "../../simulate/demo-writers.ts";
import { simulateFilledPhoto } from "../../simulate/simulate-filled-photo.ts";
import { toRgb } from "../../simulate/to-rgb.ts";
import { decodePdf } from "../codec/decode-pdf.ts";
import { encodeJpeg } from "../codec/encode-images.ts";
import { renderCards } from "../pdf/render-cards.ts";
import { DEMO_BLANK_RATE, DEMO_CARDS, DEMO_ERROR_RATE, type DemoSheet } from "../services/demo/demo-plan.ts";
import { serveTasks } from "./serve-tasks.ts";

/** What was written in each box of a field, in order; null: left blank. */
export interface WrittenField {
  readonly name: string;
  readonly prompt: string;
  readonly written: readonly (string | null)[];
}

export interface SimulatedSheet {
  readonly jpeg: Uint8Array;
  /** Fields with a prompt only. */
  readonly truth: readonly WrittenField[];
}

/** The printed page is drawn at this resolution: about what the simulated phone sees of it. */
const DPI = 220;

/** Prints a card, fills it in with the simulated pen and photographs it. The same sheet gives the same bytes. Sends one message. */
serveTasks<DemoSheet, SimulatedSheet>(async (sheet, { emit }) => {
  const { template, paper, dropOut } = DEMO_CARDS;
  const card = buildCard({ template, paper, dropOut, seed: sheet.cardSeed });
  const pdf = await renderCards([card]);
  for await (const { raster, failure } of decodePdf({ name: "the demo's card", bytes: pdf }, DPI)) {
    if (raster === null) throw failure;
    const { code, writer } = DEMO_WRITERS[sheet.writer];
    const { image, truth } = simulateFilledPhoto({
      page: raster.rgb ?? toRgb(raster.gray),
      card,
      pageIndex: 0,
      writer,
      device: { camera: CAMERAS[sheet.camera] },
      seed: sheet.seed,
      writerCode: code,
      errorRate: DEMO_ERROR_RATE,
      blankRate: DEMO_BLANK_RATE,
    });
    const written = truth.fields
      .filter((field) => field.prompt !== "")
      .map(({ name, prompt, glyphs }) => ({ name, prompt, written: glyphs.map((glyph) => glyph.written) }));
    await emit({ jpeg: await encodeJpeg(image, 85), truth: written });
    return;
  }
});
