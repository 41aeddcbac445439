import type { GrayImage } from "../image/images.ts";
import type { PageRaster } from "../image/page-raster.ts";
import { isBlankPage } from "../page/blank-page.ts";
import { findFiducials } from "../page/find-fiducials.ts";
import { readPageCode } from "../page/read-page-code.ts";
import type { PageReading } from "./page-reading.ts";
import { type ReadCardDeps, readCardPage } from "./read-card-page.ts";
import { rejectPage } from "./reject-page.ts";

export interface ReadPageDeps extends ReadCardDeps {
  /** Reads an original NIST form, or rejects the page with `no-card` where it is none. */
  readonly readNistPage: (image: GrayImage) => Promise<PageReading>;
}

/**
 * Reads one decoded page that holds one card or form (see `readPages` for several), whatever it is. Three corner marks, or two and the
 * square code, make it a card of ours; else an empty sheet is told; else the boxes
 * of a NIST form are looked for; else one or two marks, or a card's code alone, make it a card whose corners can't be seen.
 * A page is read right or rejected with a reason; what is in the picture never makes this throw.
 */
export async function readPage(raster: PageRaster, deps: ReadPageDeps): Promise<PageReading> {
  // A person has said that there is a card, and where or which: nothing else is looked for.
  if (deps.byHand !== undefined) return readCardPage(raster, deps);
  deps.onStage?.("fiducials");
  const fiducials = deps.fiducials ?? findFiducials(raster.gray);
  const marks = new Set(fiducials.map((mark) => mark.id)).size;
  if (marks >= 3) return readCardPage(raster, { ...deps, fiducials });
  if (marks === 2) {
    deps.onStage?.("code");
    const { found } = await readPageCode(raster.gray, fiducials, deps.readCodes);
    if (found) return readCardPage(raster, { ...deps, fiducials });
  }
  if (isBlankPage(raster.gray)) {
    return rejectPage(
      "blank-page",
      "The page is blank: nothing is printed or written on it. If it should not be, check which side was scanned.",
    );
  }
  deps.onStage?.("nist");
  const nist = await deps.readNistPage(raster.gray);
  if (nist.reason?.code !== "no-card") return nist;
  const code = fiducials.length > 0 ? null : await readPageCode(raster.gray, [], deps.readCodes);
  if (fiducials.length > 0 || code?.found) return readCardPage(raster, { ...deps, fiducials });
  return rejectPage(
    "no-card",
    "Neither a card of this program nor an NIST form can be seen on this page. Scan the whole card, with its corner marks; in a photograph, let it fill the picture.",
  );
}
