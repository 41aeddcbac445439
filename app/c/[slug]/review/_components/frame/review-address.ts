import type { z } from "zod";
import { resolutionSchema, sharpnessSchema } from "../../../../../../lib/contracts/page-bands.ts";

/** What Review shows and how; all of it is in the address, so that it can be shared and reloaded. */
export interface ReviewAddress extends ReviewFilter {
  readonly way: ReviewWay;
  /** A second look at what another person has decided, without being told how. */
  readonly blind: boolean;
  /** Only what was picked out of the grid in this tab. */
  readonly picked: boolean;
  /** The glyph to begin with. */
  readonly glyph: string | null;
}

export interface ReviewFilter extends Narrowing {
  readonly state: ReviewState;
  readonly order: ReviewOrder;
  /** Which random order; only with that. */
  readonly seed: number;
  /** The sample of an audit. */
  readonly audit: string | null;
}

/** Only glyphs of which all this holds; null where it does not matter. */
export interface Narrowing {
  /** The class that a glyph is taken for. */
  readonly label: string | null;
  /** The class that the model reads. */
  readonly prediction: string | null;
  readonly page: string | null;
  readonly writer: string | null;
  /** Where the label that counts comes from. */
  readonly source: ReviewSource | null;
  /** The card's template, the field's name on it, and the place in the field, 0-based. */
  readonly template: string | null;
  readonly field: string | null;
  readonly box: number | null;
  /** What the page was made with. */
  readonly device: string | null;
  readonly sharpness: z.infer<typeof sharpnessSchema> | null;
  readonly resolution: z.infer<typeof resolutionSchema> | null;
}

/** Every glyph. */
export const NOT_NARROWED: Narrowing = {
  label: null,
  prediction: null,
  page: null,
  writer: null,
  source: null,
  template: null,
  field: null,
  box: null,
  device: null,
  sharpness: null,
  resolution: null,
};

/** What the address narrows to, without all that does not matter. */
export function listNarrowing(address: Narrowing): Partial<Record<keyof Narrowing, string | number>> {
  const narrowing: Partial<Record<keyof Narrowing, string | number>> = {};
  for (const name of Object.keys(NOT_NARROWED) as (keyof Narrowing)[]) {
    const value = address[name];
    if (value !== null) narrowing[name] = value;
  }
  return narrowing;
}

export const REVIEW_WAYS = ["grid", "one", "adjudicate"] as const;
export type ReviewWay = (typeof REVIEW_WAYS)[number];

export const REVIEW_ORDERS = ["queue", "gain", "doubt", "odd", "class", "writer", "page", "random"] as const;
export type ReviewOrder = (typeof REVIEW_ORDERS)[number];

export const REVIEW_STATES = ["open", "disagree", "suspect", "spoiled", "reviewed", "flagged", "conflict", "unusable", "all"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Whether glyphs in this state wait for a decision. */
export function isWaiting(state: ReviewState): boolean {
  return state === "open" || state === "disagree" || state === "suspect" || state === "spoiled" || state === "conflict";
}

export const REVIEW_SOURCES = ["prompt", "ocr", "model", "person"] as const;
export type ReviewSource = (typeof REVIEW_SOURCES)[number];

/** Reads an address; what it does not say, or says wrongly, is the default. A glyph is looked at one by one, all else in the grid. */
export function parseAddress(params: URLSearchParams): ReviewAddress {
  const known = <T extends string>(name: string, values: readonly T[]): T | null =>
    values.find((value) => value === params.get(name)) ?? null;
  const character = (name: string): string | null => (params.get(name)?.length === 1 ? params.get(name) : null);
  const label = character("label");
  const text = (name: string): string | null => params.get(name) || null;
  const whole = (name: string): number | null => (/^\d{1,4}$/.test(params.get(name) ?? "") ? Number(params.get(name)) : null);
  const seed = Number(params.get("seed"));
  const glyph = text("glyph");
  const way = known("way", REVIEW_WAYS) ?? (glyph === null ? "grid" : "one");
  return {
    way,
    blind: way === "one" && params.get("pass") === "second",
    picked: way === "one" && params.get("only") === "picked",
    glyph,
    state: known("state", REVIEW_STATES) ?? "open",
    order: known("order", REVIEW_ORDERS) ?? defaultOrder({ way, label }),
    seed: Number.isSafeInteger(seed) && seed > 0 ? seed : 1,
    label,
    prediction: character("prediction"),
    page: text("page"),
    writer: text("writer"),
    source: known("source", REVIEW_SOURCES),
    template: text("template"),
    field: text("field"),
    box: whole("box"),
    device: text("device"),
    sharpness: known("sharpness", sharpnessSchema.options),
    resolution: known("resolution", resolutionSchema.options),
    audit: text("audit"),
  };
}

/** One class in the grid shows its odd ones first. */
export function defaultOrder({ way, label }: Pick<ReviewAddress, "way" | "label">): ReviewOrder {
  return way === "grid" && label !== null ? "odd" : "queue";
}

/** The filter as GET /api/collections/:slug/glyphs takes it, without the defaults. */
export function formatFilter(filter: ReviewFilter): URLSearchParams {
  const { state, order, seed, audit } = filter;
  const params = new URLSearchParams();
  if (state !== "open") params.set("state", state);
  if (order !== "queue") params.set("order", order);
  if (order === "random") params.set("seed", String(seed));
  for (const [name, value] of Object.entries(listNarrowing(filter))) params.set(name, String(value));
  if (audit !== null) params.set("audit", audit);
  return params;
}

/** The address after a change: an order that nobody chose follows to the default of what is shown then. */
export function changeAddress(old: ReviewAddress, change: Partial<ReviewAddress>): ReviewAddress {
  const next = { ...old, picked: false, ...change };
  if (change.order === undefined && old.order === defaultOrder(old)) return { ...next, order: defaultOrder(next) };
  return next;
}

/** The address with the defaults left out, so that it says only what was chosen. */
export function addressOf(slug: string, address: ReviewAddress): string {
  const params = formatFilter(address);
  if (address.order === defaultOrder(address)) params.delete("order");
  else params.set("order", address.order);
  if (address.blind && address.way === "one") params.set("pass", "second");
  if (address.picked && address.way === "one") params.set("only", "picked");
  if (address.glyph !== null) params.set("glyph", address.glyph);
  const query = new URLSearchParams(address.way === "grid" && address.glyph === null ? {} : { way: address.way });
  for (const [name, value] of params) query.set(name, value);
  const text = query.toString();
  return `/c/${slug}/review${text === "" ? "" : `?${text}`}`;
}
