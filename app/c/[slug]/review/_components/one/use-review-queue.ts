import { useEffect, useMemo, useReducer, useState } from "react";
import { glyphImages, IDS_PER_REQUEST, loadGlyphImages } from "../../../../../_components/glyph-images.ts";
import { releaseSession } from "../desk/release-session.ts";
import { useReviewer } from "../desk/reviewer-name.ts";
import { addressOf } from "../frame/review-address.ts";
import type { WayProps } from "../frame/review-way.ts";
import { loadGlyphDetail } from "./glyph-details.ts";
import { createSource } from "./queue-source.ts";
import { ReviewQueue } from "./review-queue.ts";

/** Glyphs whose crop and provenance are asked for before they are shown. */
const AHEAD = 4;

/** The queue of an address, begun anew for another address or reviewer; pictures, crops and provenance of what comes next are on their way before it comes. */
export function useReviewQueue({ slug, address, desk }: Pick<WayProps, "slug" | "address" | "desk">) {
  const [version, grow] = useReducer((n: number) => n + 1, 0);
  const [imagesError, setImagesError] = useState<unknown>(null);
  const reviewer = useReviewer();
  const key = addressOf(slug, address);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all of the address; another reviewer is handed other glyphs
  const queue = useMemo(
    () =>
      new ReviewQueue(createSource(slug, address), {
        onLoaded: (glyphs) => desk.expect(glyphs),
        isDecided: (glyph) => !glyph.reviewed && desk.now(glyph).reviewed,
        onChange: grow,
      }),
    [slug, key, desk, reviewer],
  );
  useEffect(() => {
    queue.start();
    return () => queue.stop();
  }, [queue]);
  useEffect(() => () => releaseSession(slug, "review"), [slug]);

  const { blind, handedOut } = queue.source;
  const ahead = queue.ahead(60);
  const missing = ahead.map(({ id }) => id).filter((id) => !glyphImages.has(id));
  const wanted = missing.slice(0, IDS_PER_REQUEST).join(",");
  useEffect(() => {
    if (wanted === "") return;
    let stale = false;
    loadGlyphImages(wanted.split(",")).then(
      () => grow(),
      (error: unknown) => !stale && setImagesError(error),
    );
    return () => {
      stale = true;
    };
  }, [wanted]);

  const soon = ahead.slice(1, 1 + AHEAD);
  const soonIds = soon.map(({ id }) => id).join(",");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the glyphs
  useEffect(() => {
    for (const glyph of soon) {
      new Image().src = `/api/glyphs/${glyph.id}/crop`;
      // What fails now is asked for again when it is shown, and told then.
      loadGlyphDetail(glyph, handedOut && blind).catch(() => {});
    }
  }, [soonIds, handedOut, blind]);
  const retry = () => {
    setImagesError(null);
    queue.retry();
    grow();
  };
  return { queue, version, imagesError, retry };
}
