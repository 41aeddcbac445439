import type { Box, Point } from "../../core/geometry.ts";
import { normalizeInk } from "../../glyph/normalize-ink.ts";
import { classifyGlyphs } from "../classify-glyphs.ts";
import type { PageInk } from "../page-ink.ts";
import type { Classifier, GlyphReading } from "../page-reading.ts";
import { scanBounds } from "../scan-bounds.ts";
import { cutBox } from "./cut-box.ts";
import type { InkPiece } from "./ink-piece.ts";
import { joinPieces } from "./join-pieces.ts";
import { type CutGlyph, placePiece } from "./place-piece.ts";
import { splitAlong, splitPiece } from "./split-piece.ts";

/** How a person wants glyphs cut. Boxes and points in scan px. */
export type Cut =
  | { readonly kind: "recut"; readonly box: Box }
  /** Without a line: where the search for cuts finds best. */
  | { readonly kind: "split"; readonly glyph: CutGlyph; readonly line?: readonly [Point, Point] }
  | { readonly kind: "join"; readonly glyphs: readonly [CutGlyph, CutGlyph] };

export interface CutOptions {
  readonly classifier: Classifier;
  /** The characters asked for, one for each new glyph; null where the cut leaves that open. */
  readonly prompts: readonly (string | null)[];
  /** A character that the field asks for: says whether the classifier knows its writing. */
  readonly example: string;
}

/**
 * Cuts a page's ink as a person says, and makes each new glyph what reading the page makes of one: normalized, labelled by its prompt, with the model's opinion.
 * @throws InkformError for a box or line that cuts no character out (see `cutBox`, `splitAlong`, `placePiece`)
 */
export function cutGlyphs(page: PageInk, cut: Cut, { classifier, prompts, example }: CutOptions): GlyphReading[] {
  const pieces = cutPieces(page, cut, classifier.classes.includes(example) ? classifier : undefined);
  const images = pieces.map(({ image }) => normalizeInk(image));
  const predictions = classifyGlyphs(
    images,
    pieces.map((_, i) => prompts[i] ?? example),
    classifier,
  );
  return pieces.map(({ image, x, y }, i): GlyphReading => {
    const label = prompts[i] ?? null;
    const prediction = predictions[i];
    return {
      bounds: scanBounds(page.toScan, [x, y, image.width, image.height]),
      raw: image,
      image: images[i],
      label,
      status: label === null ? "unsure" : prediction !== null && prediction.label !== label ? "mismatch" : "labelled",
      prediction,
    };
  });
}

function cutPieces(page: PageInk, cut: Cut, classifier: Classifier | undefined): InkPiece[] {
  switch (cut.kind) {
    case "recut":
      return [cutBox(page, cut.box)];
    case "split": {
      const piece = placePiece(page, cut.glyph);
      return cut.line === undefined ? splitPiece(piece, classifier) : splitAlong(page, piece, cut.line);
    }
    case "join": {
      const [a, b] = cut.glyphs.map((glyph) => placePiece(page, glyph));
      return [joinPieces(a, b)];
    }
  }
}
