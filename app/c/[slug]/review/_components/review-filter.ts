/** What the grid shows; it is in the address, so that it can be shared and reloaded. */
export interface ReviewFilter {
  readonly state: ReviewState;
  readonly label: string | null;
  readonly page: string | null;
  readonly writer: string | null;
}

export const REVIEW_STATES = ["open", "disagree", "reviewed", "unusable", "all"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Reads the filter of an address; what it does not say, or says wrongly, is the default. */
export function parseFilter(params: URLSearchParams): ReviewFilter {
  const state = REVIEW_STATES.find((known) => known === params.get("state")) ?? "open";
  const label = params.get("label");
  return { state, label: label?.length === 1 ? label : null, page: params.get("page") || null, writer: params.get("writer") || null };
}

/** The filter as search parameters, without the defaults; also what GET /api/collections/:slug/glyphs takes. */
export function formatFilter({ state, label, page, writer }: ReviewFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (state !== "open") params.set("state", state);
  for (const [name, value] of Object.entries({ label, page, writer })) if (value !== null) params.set(name, value);
  return params;
}

export function addressOf(slug: string, filter: ReviewFilter): string {
  const query = formatFilter(filter).toString();
  return `/c/${slug}/review${query === "" ? "" : `?${query}`}`;
}
