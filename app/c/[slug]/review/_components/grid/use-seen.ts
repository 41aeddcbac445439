import { useCallback, useEffect, useRef, useState } from "react";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import { findWholeRows, type Geometry } from "./grid-geometry.ts";
import type { GridList } from "./grid-list.ts";
import type { VisiblePart } from "./use-visible-part.ts";

/** A row counts as seen where it stands still this long, whole and with its pictures. */
const REST_MS = 250;

interface SeenOptions {
  readonly part: VisiblePart;
  /** The part in sight at this moment. */
  readonly read: () => VisiblePart;
  /** Grows as pictures arrive. */
  readonly drawn: number;
}

/** Which places of a list a person has had before the eyes: what was only scrolled past is not among them. */
export function useSeen(list: GridList, geometry: Geometry, { part, read, drawn }: SeenOptions) {
  const seen = useRef<{ list: GridList; places: Set<number> }>({ list, places: new Set() });
  if (seen.current.list !== list) seen.current = { list, places: new Set() };
  const [count, setCount] = useState(0);

  /** Adds what is in sight now. @returns all that was seen */
  const look = useCallback((): ReadonlySet<number> => {
    const { places } = seen.current;
    const { top, bottom } = read();
    const [first, end] = findWholeRows(geometry, top, bottom);
    for (let i = first * geometry.columns; i < Math.min(list.loaded, end * geometry.columns); i++) {
      const glyph = list.at(i);
      if (glyph !== null && glyphImages.has(glyph.id)) places.add(i);
    }
    setCount(places.size);
    return places;
  }, [list, geometry, read]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another part in sight starts the wait anew, and so do pictures that arrive
  useEffect(() => {
    const timer = setTimeout(look, REST_MS);
    return () => clearTimeout(timer);
  }, [look, part, drawn]);
  return { places: seen.current.places, count, look };
}
