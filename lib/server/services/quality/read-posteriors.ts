import type { Posterior } from "../../../contracts/review.ts";
import { dropOthersDecisions } from "../../../label/drop-others-decisions.ts";
import type { GlyphEvidence, SignedLabel } from "../../../label/fusion/build-fusion-input.ts";
import { estimateAgain, type FusionParameters } from "../../../label/fusion/estimate-again.ts";
import type { Queryable } from "../../db/database.ts";
import { fusionParametersSchema } from "./fusion-parameters.ts";

/** Classes that are less likely are summed. */
const LEAST = 0.001;
/** Collections whose parameters are kept in memory: some hundred kB each. */
const KEPT_COLLECTIONS = 4;

export interface GlyphPosterior {
  readonly view: Posterior;
  /** P(it is `label`), however small; 0 of one that the estimate does not know. */
  probabilityOf(label: string): number;
}

interface PlacedGlyph {
  readonly id: string;
  readonly pageId: string;
  readonly fieldIndex: number;
}

/**
 * What the collection's last estimate says of some glyphs, class by class: computed again from what the estimate ended with and from the labels that it had heard, field by field,
 * so the figures are the estimate's own.
 * @param options.blind without what people said of these glyphs: as the estimate would see them if nobody had decided
 * @returns by glyph; none where there was no estimate, or one of an older program
 */
export async function readPosteriors(
  db: Queryable,
  glyphs: readonly PlacedGlyph[],
  { collectionId, blind }: { collectionId: string; blind: boolean },
): Promise<Map<string, GlyphPosterior>> {
  const estimate = glyphs.length === 0 ? null : await readParameters(db, collectionId);
  if (estimate === null) return new Map();
  const { parameters, lastSeq } = estimate;
  const wanted = new Set(glyphs.map(({ id }) => id));
  const rows = await readFields(db, glyphs, lastSeq);
  const evidence = rows.map(({ id, pageId, fieldIndex, index, prompt, status, labels }): GlyphEvidence => {
    const heard = blind && wanted.has(id) ? dropOthersDecisions(labels, null) : labels;
    return { fieldKey: `${pageId} ${fieldIndex}`, place: index, prompt, blank: status === "blank", labels: heard };
  });
  const found = new Map<string, GlyphPosterior>();
  for (const [i, posterior] of estimateAgain(evidence, parameters).entries())
    if (posterior !== null && wanted.has(rows[i].id)) found.set(rows[i].id, viewPosterior(posterior, parameters.names));
  return found;
}

function viewPosterior(posterior: Float64Array, names: readonly string[]): GlyphPosterior {
  const classes = names
    .map((label, k) => ({ label, probability: posterior[k] }))
    .filter(({ probability }) => probability >= LEAST)
    .sort((a, b) => b.probability - a.probability);
  const rest = Math.max(0, 1 - classes.reduce((sum, { probability }) => sum + probability, 0));
  return { view: { classes, rest }, probabilityOf: (label) => posterior[names.indexOf(label)] ?? 0 };
}

interface Estimate {
  readonly parameters: FusionParameters;
  readonly lastSeq: bigint;
}

const kept = new Map<string, Estimate & { readonly at: number }>();

/** Read once for each estimate: a collection of letters has some ten thousand numbers. */
async function readParameters(db: Queryable, collectionId: string): Promise<Estimate | null> {
  const row = await db.fusion.findUnique({ where: { collectionId }, select: { at: true, lastSeq: true } });
  if (row === null) return null;
  const before = kept.get(collectionId);
  if (before?.at === row.at.getTime() && before.lastSeq === row.lastSeq) return before;
  const { parameters } = await db.fusion.findUniqueOrThrow({ where: { collectionId }, select: { parameters: true } });
  if (parameters === null) return null;
  const estimate = { parameters: fusionParametersSchema.parse(parameters), lastSeq: row.lastSeq, at: row.at.getTime() };
  kept.delete(collectionId);
  kept.set(collectionId, estimate);
  for (const [oldest] of kept) if (kept.size > KEPT_COLLECTIONS) kept.delete(oldest);
  return estimate;
}

interface FieldGlyph extends PlacedGlyph {
  readonly index: number;
  readonly prompt: string | null;
  readonly status: string;
  readonly labels: readonly SignedLabel[];
}

/** The whole fields of some glyphs, with the labels up to `lastSeq`. */
function readFields(db: Queryable, glyphs: readonly PlacedGlyph[], lastSeq: bigint): Promise<FieldGlyph[]> {
  const fields = new Map(glyphs.map(({ pageId, fieldIndex }) => [`${pageId} ${fieldIndex}`, { pageId, fieldIndex }]));
  return db.glyph.findMany({
    where: { OR: [...fields.values()], status: { not: "superseded" } },
    select: {
      ...{ id: true, pageId: true, fieldIndex: true, index: true, prompt: true, status: true },
      labels: {
        where: { seq: { lte: lastSeq } },
        orderBy: { seq: "asc" },
        select: { source: true, kind: true, by: true, value: true, pass: true, clientId: true, probability: true },
      },
    },
    orderBy: { id: "asc" },
  });
}
