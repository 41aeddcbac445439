import type { Card } from "../card/card-manifest.ts";
import type { PageReading, RejectionCode } from "./page-reading.ts";

/** A page that was not read, and why. */
export function rejectPage(code: RejectionCode, message: string, card?: Card): PageReading {
  return {
    status: "rejected",
    reason: { code, message },
    template: card?.template ?? null,
    card: card?.code ?? null,
    writer: null,
    registration: null,
    quality: null,
    fields: [],
  };
}
