import type { GrayImage } from "../../../image/images.ts";
import type { Classifier, PageReading } from "../../../pipeline/page-reading.ts";
import { rejectPage } from "../../../pipeline/reject-page.ts";

/** The reader of original NIST forms. Their pipeline is being built; until it joins, they are refused like any other page. */
export function createNistReader(_classifier: Classifier, _reference: string | undefined): (image: GrayImage) => Promise<PageReading> {
  return () => Promise.resolve(rejectPage("no-card", "No card of this program can be seen on this page."));
}
