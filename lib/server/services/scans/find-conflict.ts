import type { PageReading } from "../../../pipeline/page-reading.ts";
import type { Queryable, Tx } from "../../db/database.ts";

/** Why a page that could be read is refused all the same, and the page that was read in its place. */
export interface Conflict {
  readonly reason: { readonly code: "duplicate" | "other-collection"; readonly message: string };
  readonly duplicateOf: string | null;
}

interface Place {
  readonly pageId: string;
  readonly collectionId: string;
  /** A person said that it is another sheet with the same code. */
  readonly anotherSheet: boolean;
  /** A person said that it is to be read here, whatever it was printed for. */
  readonly readHere: boolean;
}

/**
 * Whether a page is one that was read before in its collection, or belongs to a card that was printed for another one. Until the transaction's end no other
 * page of this card can be stored in the collection, so that of two scans of one page, read at once, the second is told.
 */
export async function findConflict(tx: Tx, reading: PageReading, place: Place): Promise<Conflict | null> {
  const { card } = reading;
  if (reading.status !== "read" || card === null) return null;
  const { pageId, collectionId } = place;
  if (!place.readHere) {
    const other = await findOtherCollection(tx, card, collectionId);
    if (other !== null) {
      const message = `This card, ${card}, was printed for the collection "${other.name}". Add the file there; or, if it is meant to be here, have it read here.`;
      return { reason: { code: "other-collection", message }, duplicateOf: null };
    }
  }
  if (place.anotherSheet) return null;
  const key = `${collectionId} ${card} ${reading.cardPage ?? ""}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 1))`;
  const earlier = await tx.page.findMany({
    where: { collectionId, card, state: "read", id: { not: pageId } },
    orderBy: { id: "asc" },
    select: { id: true, number: true, cardPage: true, fields: true, scan: { select: { fileName: true, pageCount: true } } },
  });
  // Readings of older programs do not say which page of the card they are: its fields do.
  const first = earlier.find((page) => (page.cardPage === null ? samePrompts(page.fields, reading) : page.cardPage === reading.cardPage));
  if (first === undefined) return null;
  const where = first.scan.pageCount === 1 ? first.scan.fileName : `${first.scan.fileName}, page ${first.number}`;
  const which =
    reading.cardPage === undefined || reading.cardPage === 1 ? `The card ${card}` : `Page ${reading.cardPage} of the card ${card}`;
  return {
    reason: {
      code: "duplicate",
      message: `${which} is here already: ${where}. Its glyphs count once. Leave this page, use this one instead if it is the better picture, or have both read if it is another sheet with the same code.`,
    },
    duplicateOf: first.id,
  };
}

/** The collection that a card was printed for, where that is another one and not this one too. */
export async function findOtherCollection(
  db: Queryable,
  card: string,
  collectionId: string,
): Promise<{ slug: string; name: string } | null> {
  const batches = await db.cardBatch.findMany({
    where: { codes: { has: card } },
    orderBy: { id: "desc" },
    select: { collectionId: true, collection: { select: { slug: true, name: true } } },
  });
  if (batches.length === 0 || batches.some((batch) => batch.collectionId === collectionId)) return null;
  return batches[0].collection;
}

function samePrompts(stored: unknown, { fields }: PageReading): boolean {
  const key = (list: unknown): string =>
    Array.isArray(list) ? JSON.stringify(list.map((field: { name?: unknown; prompt?: unknown }) => [field.name, field.prompt])) : "";
  return key(stored) === key(fields);
}
