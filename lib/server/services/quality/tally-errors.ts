import { RESOLUTION_BANDS, SHARPNESS_BANDS, UNKNOWN } from "../../../contracts/page-bands.ts";
import type { FusionSummary } from "../../../contracts/quality.ts";
import type { FusedGlyph } from "./fused-glyph.ts";
import type { CollectionGlyph, CollectionPage } from "./read-evidence.ts";

type Places = FusionSummary["places"];
type Groups = FusionSummary["devices"];

/** A labelled glyph with what the estimate says of its label. */
export interface JudgedGlyph {
  readonly glyph: CollectionGlyph;
  readonly fused: FusedGlyph;
}

const WRITERS = 200;
const PLACES = 50;
const DEVICES = 50;

/** Where on the cards, on what device and at what sharpness labels are expected to be wrong, and were found so by people; most errors first. */
export function tallyErrors(
  judged: readonly JudgedGlyph[],
  pages: ReadonlyMap<string, CollectionPage>,
): Pick<FusionSummary, "writers" | "places" | "devices" | "sharpness" | "resolutions"> {
  const pageOf = ({ pageId }: CollectionGlyph): CollectionPage | undefined => pages.get(pageId);
  const group = (nameOf: (page: CollectionPage | undefined) => string): Groups =>
    tally(judged, (glyph) => nameOf(pageOf(glyph))).map(({ key, worst, pages: own, ...sums }) => ({
      name: key,
      pages: own.size,
      worstPage: worst.pageId,
      ...sums,
    }));
  const places = tally(judged, (glyph) => `${pageOf(glyph)?.template ?? UNKNOWN}\n${glyph.field}\n${glyph.index}`).map(
    ({ worst, key, pages: _, ...sums }): Places[number] => ({
      template: key.slice(0, key.indexOf("\n")),
      field: worst.field,
      box: worst.index,
      worstPage: worst.pageId,
      worstGlyph: worst.id,
      ...sums,
    }),
  );
  const writers = tally(judged, ({ writer }) => writer).map(({ key, glyphs, expectedErrors, corrected }) => ({
    writer: key,
    glyphs,
    expectedErrors,
    corrected,
  }));
  return {
    writers: writers.slice(0, WRITERS),
    places: places.slice(0, PLACES),
    devices: group((page) => page?.device ?? UNKNOWN).slice(0, DEVICES),
    sharpness: group((page) => band(SHARPNESS_BANDS, page?.blurMm ?? null)),
    resolutions: group((page) => band(RESOLUTION_BANDS, page?.dpi ?? null)),
  };
}

function band(bands: readonly { readonly below: number; readonly name: string }[], value: number | null): string {
  return value === null ? UNKNOWN : bands.find(({ below }) => value < below)!.name;
}

interface Tally {
  readonly key: string;
  readonly pages: Set<string>;
  glyphs: number;
  expectedErrors: number;
  corrected: number;
  /** The glyph whose label is likeliest wrong. */
  worst: CollectionGlyph;
}

function tally(judged: readonly JudgedGlyph[], keyOf: (glyph: CollectionGlyph) => string): Tally[] {
  const tallies = new Map<string, Tally>();
  const worstDoubt = new Map<string, number>();
  for (const { glyph, fused } of judged) {
    const key = keyOf(glyph);
    const entry = tallies.get(key) ?? { key, pages: new Set<string>(), glyphs: 0, expectedErrors: 0, corrected: 0, worst: glyph };
    entry.pages.add(glyph.pageId);
    entry.glyphs++;
    entry.expectedErrors += fused.doubt;
    if (isCorrected(glyph)) entry.corrected++;
    if (fused.doubt > (worstDoubt.get(key) ?? -1)) {
      entry.worst = glyph;
      worstDoubt.set(key, fused.doubt);
    }
    tallies.set(key, entry);
  }
  return [...tallies.values()].sort((a, b) => errors(b) - errors(a) || b.glyphs - a.glyphs || (a.key < b.key ? -1 : 1));
}

function errors({ expectedErrors, corrected }: Tally): number {
  return expectedErrors + corrected;
}

/** A person said otherwise than the card asked for. */
function isCorrected({ reviewed, prompt, label, unusable }: CollectionGlyph): boolean {
  return reviewed && prompt !== null && (unusable || label !== prompt);
}
