import type { Field } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import { findDoubtful } from "../glyph/find-doubtful.ts";
import { normalizeInk } from "../glyph/normalize-ink.ts";
import { segmentField } from "../glyph/segment-field.ts";
import type { Region } from "../page/field-regions.ts";
import type { IsolatedInk } from "../page/isolate-boxes.ts";
import { leaveOutStrays } from "../page/leave-out-strays.ts";
import type { RectifiedPage } from "../page/rectify-page.ts";
import { classifyGlyphs } from "./classify-glyphs.ts";
import type { Classifier, GlyphReading, Prediction } from "./page-reading.ts";
import { scanBounds } from "./scan-bounds.ts";

/** A field's glyphs in the order of its prompt. Text, lines and the writer code have none: they are kept as pictures of the scan. */
export function readCardField(
  page: RectifiedPage,
  field: Field,
  regions: readonly Region[],
  inks: readonly (IsolatedInk | null)[],
  classifier: Classifier,
): GlyphReading[] {
  switch (field.kind) {
    case "writer":
    case "text":
    case "line":
      return [];
    case "digits":
    case "lowercase":
    case "uppercase":
    case "characters":
      return field.boxes.length > 0 ? readBoxes(page, field, regions, inks, classifier) : readUndivided(page, field, inks[0], classifier);
  }
}

/** One character a box: the prompt labels it, the classifier gives a second opinion. */
function readBoxes(
  page: RectifiedPage,
  field: Field,
  regions: readonly Region[],
  inks: readonly (IsolatedInk | null)[],
  classifier: Classifier,
): GlyphReading[] {
  const prompts = [...field.prompt];
  const owned = inks.map((ink, i) => (ink ? leaveOutStrays(ink, regions[i].box, prompts[i]) : { ink: null, more: null, doubtful: false }));
  const read = classifyInks(
    owned.map(({ ink }) => ink),
    prompts,
    classifier,
  );
  const more = classifyInks(
    owned.map((own) => own.more),
    prompts,
    classifier,
  );
  return prompts.map((prompt, i): GlyphReading => {
    // What may be a part of the character is one where the model then reads the prompt more surely, or does not read it without.
    const [sure, perhaps] = [read[i], more[i]].map(({ prediction }) => probabilityOf(prompt, prediction));
    const { ink, image, prediction } = more[i].prediction !== null && (perhaps > sure || sure < TELLING) ? more[i] : read[i];
    const told = more[i].ink !== null && Math.max(sure, perhaps) >= TELLING && Math.min(sure, perhaps) < TELLING;
    const doubtful = (owned[i].doubtful && !told) || ink?.isPale === true;
    const bounds: Box = ink ? ink.bounds : regions[i].box;
    return {
      bounds: scanBounds(page.toScan, bounds),
      raw: ink ? ink.image : null,
      image: image ?? new Uint8Array(784),
      label: ink ? prompt : null,
      status: doubtful ? "unsure" : !ink ? "blank" : prediction && prediction.label !== prompt ? "mismatch" : "labelled",
      prediction,
    };
  });
}

/** A prompt read this surely with a stray piece and not without it, or the other way round, tells whose it is. */
const TELLING = 0.9;

interface ReadInk {
  readonly ink: IsolatedInk | null;
  readonly image: Uint8Array | null;
  readonly prediction: Prediction | null;
}

function classifyInks(inks: readonly (IsolatedInk | null)[], prompts: readonly string[], classifier: Classifier): ReadInk[] {
  const images = inks.map((ink) => (ink ? normalizeInk(ink.image) : null));
  const predictions = classifyGlyphs(images, prompts, classifier);
  return inks.map((ink, i) => ({ ink, image: images[i], prediction: predictions[i] }));
}

/** How surely the prompt's character is read; 0 where another is, or there is no opinion. */
function probabilityOf(prompt: string, prediction: Prediction | null): number {
  return prediction?.label === prompt ? prediction.probability : 0;
}

/**
 * An undivided field: its ink is cut into characters. Where their number is the prompt's, they get its labels; where it is not, something was
 * added or left out, and all are unsure: only those that are read as what the prompt has there get its label.
 */
function readUndivided(page: RectifiedPage, field: Field, ink: IsolatedInk | null, classifier: Classifier): GlyphReading[] {
  if (ink === null) return [];
  const prompts = [...field.prompt];
  const known = prompts.every((prompt) => classifier.classes.includes(prompt));
  const { segments, countMatches, guessed } = segmentField(ink.image, {
    expectedCount: prompts.length,
    prompt: field.prompt,
    ...(known && { classifier }),
  });
  const images = segments.map((segment) => normalizeInk(segment.image));
  const labels = segments.map(({ position }) => (position === null ? null : prompts[position]));
  const asked = labels.map((label) => label ?? (known ? prompts[0] : ""));
  const predictions = classifyGlyphs(images, asked, classifier);
  const doubtfulCuts = findDoubtful(segments);
  return segments.map((segment, i): GlyphReading => {
    const prediction = predictions[i];
    const label = labels[i];
    const doubtful = !countMatches || ink.isPale === true || guessed || doubtfulCuts[i];
    return {
      bounds: scanBounds(page.toScan, [ink.bounds[0] + segment.x, ink.bounds[1] + segment.y, segment.image.width, segment.image.height]),
      raw: segment.image,
      image: images[i],
      label,
      // What a doubtful cut is read as says nothing of what was written.
      status: doubtful ? "unsure" : prediction && prediction.label !== label ? "mismatch" : "labelled",
      prediction,
    };
  });
}
