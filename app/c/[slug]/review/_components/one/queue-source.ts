import { type GlyphView, glyphDetailSchema, glyphPageSchema } from "../../../../../../lib/contracts/review.ts";
import { nextItemsSchema } from "../../../../../../lib/contracts/review-queue.ts";
import { getJson, sendJson } from "../../../../../_components/api-client.ts";
import type { ReviewPass } from "../desk/review-desk.ts";
import { getReviewer } from "../desk/reviewer-name.ts";
import { getTabSession } from "../desk/tab-session.ts";
import { formatFilter, isWaiting, listNarrowing, type ReviewAddress } from "../frame/review-address.ts";
import { readPicked } from "./picked-glyphs.ts";

export interface Portion {
  readonly glyphs: readonly GlyphView[];
  /** How many wait, these among them. */
  readonly left: number;
  /** There may be more. */
  readonly more: boolean;
}

/** Where the glyphs of one-by-one and adjudication come from. */
export interface QueueSource {
  /** Handed out: nobody else has these at the same time. Else a list, which is only looked through. */
  readonly handedOut: boolean;
  readonly pass: ReviewPass;
  /** What people have said is not to be shown. */
  readonly blind: boolean;
  /** @param held how many of those already here are undecided */
  load(held: number): Promise<Portion>;
}

const PORTION = 20;
/** The server hands out no more at a time. */
const MOST_HELD = 200;

export function createSource(slug: string, address: ReviewAddress): QueueSource {
  if (address.way === "adjudicate") return handOut(slug, address, "adjudication");
  if (address.picked) return listByIds(readPicked(slug));
  if (address.glyph !== null) return listByIds([address.glyph]);
  if (address.blind) return handOut(slug, address, "second");
  if (address.audit === null && isWaiting(address.state)) return handOut(slug, address, "first");
  return listFilter(slug, address);
}

function handOut(slug: string, address: ReviewAddress, pass: ReviewPass): QueueSource {
  const { order, seed, state } = address;
  const filter = { ...listNarrowing(address), ...(order === "random" && { seed }), ...(pass === "first" && { state }) };
  return {
    handedOut: true,
    pass,
    blind: pass !== "adjudication",
    async load(held) {
      const count = Math.min(MOST_HELD, held + PORTION);
      const body = { reviewer: getReviewer(), session: getTabSession(), pass, order, filter, count };
      const { items, left } = await sendJson(nextItemsSchema, "POST", `/api/collections/${slug}/review/next`, body);
      return { glyphs: items, left, more: items.length === count && count > held };
    },
  };
}

function listFilter(slug: string, address: ReviewAddress): QueueSource {
  let cursor: string | null = null;
  let shown = 0;
  return {
    handedOut: false,
    pass: "first",
    blind: false,
    async load() {
      const params = formatFilter(address);
      params.set("limit", String(3 * PORTION));
      if (cursor !== null) params.set("cursor", cursor);
      const page = await getJson(glyphPageSchema, `/api/collections/${slug}/glyphs?${params}`);
      cursor = page.nextCursor;
      const left = page.total - shown;
      shown += page.glyphs.length;
      return { glyphs: page.glyphs, left, more: cursor !== null };
    },
  };
}

function listByIds(ids: readonly string[]): QueueSource {
  let next = 0;
  return {
    handedOut: false,
    pass: "first",
    blind: false,
    async load() {
      const some = ids.slice(next, next + PORTION);
      const left = ids.length - next;
      next += some.length;
      const glyphs = await Promise.all(some.map((id) => getJson(glyphDetailSchema, `/api/glyphs/${encodeURIComponent(id)}`)));
      return { glyphs, left, more: next < ids.length };
    },
  };
}
