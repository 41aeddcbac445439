import { RESOLUTION_BANDS, SHARPNESS_BANDS, UNKNOWN } from "../../../contracts/page-bands.ts";
import type { GlyphFilter, GlyphStateFilter } from "../../../contracts/review.ts";
import { Prisma } from "../../db/generated/client.ts";

/** Which of a collection's glyphs. */
export interface GlyphScope {
  readonly collectionId: string;
  readonly filter: Omit<GlyphFilter, "seed">;
  /** For a second opinion by this person: what one other person alone has decided. */
  readonly secondFor?: string;
  /** For a first decision: what nobody has decided, whatever the filter's state says. */
  readonly openOnly?: boolean;
}

/** Statuses in the queue's order; blank boxes are in no list. The database sorts and compares the enum in this order, too. */
export const QUEUE = ["mismatch", "unsure", "crossedOut", "overwritten", "labelled"] as const;

/**
 * The scope as a condition on `"Glyph" g`.
 * @param along it is read along an index of an order: what it says of pages then stays a look for each glyph, since as a join it might make the planner sort a million
 */
export function glyphWhere({ collectionId, filter, secondFor, openOnly = false }: GlyphScope, along = false): Prisma.Sql {
  const { state, label, prediction, page, writer, source, field, box } = filter;
  const parts = [Prisma.sql`g."collectionId" = ${collectionId}`, Prisma.sql`g."status" <= 'labelled'`, STATES[state]];
  if (openOnly) parts.push(Prisma.sql`NOT g."reviewed"`);
  if (secondFor !== undefined) parts.push(Prisma.sql`g."soleDecider" IS NOT NULL AND g."soleDecider" <> ${secondFor}`);
  if (label !== undefined) parts.push(Prisma.sql`g."label" = ${label}`);
  if (prediction !== undefined) parts.push(Prisma.sql`g."predictionLabel" = ${prediction}`);
  if (page !== undefined) parts.push(Prisma.sql`g."pageId" = ${page}`);
  if (writer !== undefined) parts.push(Prisma.sql`g."writer" = ${writer}`);
  if (source !== undefined) parts.push(Prisma.sql`g."labelSource" = ${source}::"LabelSource"`);
  if (field !== undefined) parts.push(Prisma.sql`g."field" = ${field}`);
  if (box !== undefined) parts.push(Prisma.sql`g."index" = ${box}::int2`);
  const pages = pageWhere({ collectionId, filter });
  if (pages !== undefined)
    parts.push(
      along
        ? Prisma.sql`coalesce((SELECT ${pages} FROM "Page" p WHERE p."id" = g."pageId"), FALSE)`
        : Prisma.sql`g."pageId" IN (SELECT p."id" FROM "Page" p WHERE ${pages})`,
    );
  return Prisma.join(parts, " AND ");
}

/** What the scope says of `"Page" p`; undefined where it says nothing. */
export function pageWhere({ collectionId, filter }: Pick<GlyphScope, "collectionId" | "filter">): Prisma.Sql | undefined {
  const { template, device, sharpness, resolution } = filter;
  const parts: Prisma.Sql[] = [];
  if (template !== undefined) parts.push(isOrNull(Prisma.sql`p."template"`, template));
  if (device !== undefined) parts.push(isOrNull(Prisma.sql`p."device"`, device));
  if (sharpness !== undefined) parts.push(inBand(Prisma.sql`p."blurMm"`, SHARPNESS_BANDS, sharpness));
  if (resolution !== undefined) parts.push(inBand(Prisma.sql`p."dpi"`, RESOLUTION_BANDS, resolution));
  return parts.length === 0 ? undefined : Prisma.join([Prisma.sql`p."collectionId" = ${collectionId}`, ...parts], " AND ");
}

function isOrNull(column: Prisma.Sql, value: string): Prisma.Sql {
  return value === UNKNOWN ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${value}`;
}

/** @param key of one of `bands`, or `UNKNOWN` */
function inBand(column: Prisma.Sql, bands: readonly { readonly key: string; readonly below: number }[], key: string): Prisma.Sql {
  if (key === UNKNOWN) return Prisma.sql`${column} IS NULL`;
  const at = bands.findIndex((band) => band.key === key);
  const parts = [Prisma.sql`${column} IS NOT NULL`];
  if (at > 0) parts.push(Prisma.sql`${column} >= ${bands[at - 1].below}`);
  if (at < bands.length - 1) parts.push(Prisma.sql`${column} < ${bands[at].below}`);
  return Prisma.join(parts, " AND ");
}

/** Whether a scope is what nobody has decided, narrowed by no state beyond that. */
export function isOpen({ filter: { state }, openOnly = false }: GlyphScope): boolean {
  return state === "open" || (openOnly && state === "all");
}

/** Whether the database keeps the numbers of a scope (`countWhere`): of pages, writers and places on the card it does not. */
export function isCounted({ page, writer, field, box, template, device, sharpness, resolution }: GlyphScope["filter"]): boolean {
  return [page, writer, field, box, template, device, sharpness, resolution].every((value) => value === undefined);
}

/**
 * Whether the database keeps the numbers of a scope page by page: of what says something of pages alone, in a state that is counted. The condition is on `"Page" p` then and the
 * number on `"PageCount" c`.
 */
export function pageCountOf({
  collectionId,
  filter,
  secondFor,
  openOnly = false,
}: GlyphScope): { where: Prisma.Sql; number: Prisma.Sql } | undefined {
  const { state, page, label, prediction, writer, source, field, box } = filter;
  if ([secondFor, label, prediction, writer, source, field, box].some((value) => value !== undefined)) return undefined;
  const number = openOnly && state === "all" ? PAGE_NUMBERS.open : PAGE_NUMBERS[state];
  if (number === undefined || (openOnly && state === "reviewed")) return undefined;
  const where = pageWhere({ collectionId, filter }) ?? Prisma.sql`p."collectionId" = ${collectionId}`;
  return { where: page === undefined ? where : Prisma.sql`${where} AND p."id" = ${page}`, number };
}

const PAGE_NUMBERS: Readonly<Partial<Record<GlyphStateFilter, Prisma.Sql>>> = {
  all: Prisma.sql`c."listed"`,
  open: Prisma.sql`c."listed" - c."reviewed"`,
  reviewed: Prisma.sql`c."reviewed"`,
};

/** The same on `"GlyphCount" c`, without what it knows nothing of (`isCounted`). */
export function countWhere({ collectionId, filter, secondFor, openOnly = false }: GlyphScope): Prisma.Sql {
  const { state, label, prediction, source } = filter;
  const parts = [Prisma.sql`c."collectionId" = ${collectionId}`, Prisma.sql`c."status" <= 'labelled'`, COUNTED_STATES[state]];
  if (openOnly) parts.push(Prisma.sql`NOT c."reviewed"`);
  if (secondFor !== undefined) parts.push(Prisma.sql`c."soleDecider" <> '' AND c."soleDecider" <> ${secondFor}`);
  if (label !== undefined) parts.push(Prisma.sql`c."label" = ${label}`);
  if (prediction !== undefined) parts.push(Prisma.sql`c."prediction" = ${prediction}`);
  if (source !== undefined) parts.push(Prisma.sql`c."labelSource" = ${source}`);
  return Prisma.join(parts, " AND ");
}

const STATES: Readonly<Record<GlyphStateFilter, Prisma.Sql>> = {
  all: Prisma.sql`TRUE`,
  open: Prisma.sql`NOT g."reviewed"`,
  disagree: Prisma.sql`g."disagrees" AND NOT g."reviewed"`,
  spoiled: Prisma.sql`NOT g."reviewed" AND g."status" IN ('crossedOut', 'overwritten')`,
  reviewed: Prisma.sql`g."reviewed"`,
  unusable: Prisma.sql`g."unusable"`,
  conflict: Prisma.sql`g."conflict"`,
  flagged: Prisma.sql`g."flag" IS NOT NULL`,
  suspect: Prisma.sql`g."suspect" AND NOT g."reviewed"`,
};

const COUNTED_STATES: Readonly<Record<GlyphStateFilter, Prisma.Sql>> = {
  all: Prisma.sql`TRUE`,
  open: Prisma.sql`NOT c."reviewed"`,
  disagree: Prisma.sql`c."disagrees" AND NOT c."reviewed"`,
  spoiled: Prisma.sql`NOT c."reviewed" AND c."status" IN ('crossedOut', 'overwritten')`,
  reviewed: Prisma.sql`c."reviewed"`,
  unusable: Prisma.sql`c."unusable"`,
  conflict: Prisma.sql`c."conflict"`,
  flagged: Prisma.sql`c."flagged"`,
  suspect: Prisma.sql`c."suspect" AND NOT c."reviewed"`,
};
