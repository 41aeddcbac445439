/** What the grid shows; it is in the address, so that it can be shared and reloaded. */
export interface ReviewFilter {
  readonly state: ReviewState;
  readonly label: string | null;
  readonly page: string | null;
  readonly writer: string | null;
  /** `doubt`: what the estimate of labels holds for likeliest wrong comes first. */
  readonly order: ReviewOrder;
  /** The sample of an audit. */
  readonly audit: string | null;
}

export const REVIEW_ORDERS = ["queue", "doubt"] as const;
export type ReviewOrder = (typeof REVIEW_ORDERS)[number];

export const REVIEW_STATES = ["open", "disagree", "spoiled", "reviewed", "unusable", "all"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Reads the filter of an address; what it does not say, or says wrongly, is the default. */
export function parseFilter(params: URLSearchParams): ReviewFilter {
  const state = REVIEW_STATES.find((known) => known === params.get("state")) ?? "open";
  const label = params.get("label");
  return {
    state,
    label: label?.length === 1 ? label : null,
    page: params.get("page") || null,
    writer: params.get("writer") || null,
    order: params.get("order") === "doubt" ? "doubt" : "queue",
    audit: params.get("audit") || null,
  };
}

/** The filter as search parameters, without the defaults; also what GET /api/collections/:slug/glyphs takes. */
export function formatFilter({ state, label, page, writer, order, audit }: ReviewFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (state !== "open") params.set("state", state);
  if (order !== "queue") params.set("order", order);
  for (const [name, value] of Object.entries({ label, page, writer, audit })) if (value !== null) params.set(name, value);
  return params;
}

export function addressOf(slug: string, filter: ReviewFilter): string {
  const query = formatFilter(filter).toString();
  return `/c/${slug}/review${query === "" ? "" : `?${query}`}`;
}
