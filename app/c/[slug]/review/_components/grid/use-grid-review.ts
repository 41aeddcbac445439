import { useEffect, useMemo, useReducer, useRef, useState } from "react";
import { formatCount } from "../../../../../_components/format.ts";
import type { DecisionKind, GlyphBrief } from "../desk/glyph-mark.ts";
import { findState } from "../desk/glyph-state.ts";
import type { WayProps } from "../frame/review-way.ts";
import type { CommandId } from "../keys/commands.ts";
import { keepPicked } from "../one/picked-glyphs.ts";
import { findUnseen } from "./find-unseen.ts";
import { findRows, findWholeRows, layOut, moveCursor, ZOOMS } from "./grid-geometry.ts";
import { GridImages } from "./grid-images.ts";
import { useGridList } from "./use-grid-list.ts";
import { usePicks } from "./use-picks.ts";
import { useSeen } from "./use-seen.ts";
import { useTaken } from "./use-taken.ts";
import { useVisiblePart } from "./use-visible-part.ts";

/** Rows whose pictures are asked for beyond what is seen. */
const AHEAD_ROWS = 12;
/** The bars that stay at the window's top and, on a phone, at its bottom. */
const COVERED = { top: 64, bottom: 8 };
const COVERED_PHONE = { top: 96, bottom: 132 };

/** The grid's state and what its keys do. */
export function useGridReview({ slug, address, desk, classes, onAddress, onSay, onCommand }: WayProps) {
  const box = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<number>(ZOOMS[0]);
  const [attempt, setAttempt] = useState(0);
  const { list, version } = useGridList(slug, address, { desk, attempt });
  const [covered, setCovered] = useState(COVERED);
  const { part, width, read } = useVisiblePart(box, covered);
  const total = list.length;
  const geometry = useMemo(() => layOut(total, width, zoom), [total, width, zoom]);
  const [place, setPlace] = useState<{ list: object; cursor: number }>({ list, cursor: 0 });
  const cursor = place.list === list ? Math.min(place.cursor, Math.max(0, total - 1)) : 0;
  const picks = usePicks(list);
  const [drawn, redraw] = useReducer((n: number) => n + 1, 0);
  const seen = useSeen(list, geometry, { part, read, drawn });
  const [imagesError, setImagesError] = useState<unknown>(null);
  const images = useMemo(() => new GridImages(redraw, setImagesError), []);

  useEffect(() => {
    const narrow = window.matchMedia("(max-width: 48em)");
    const follow = () => setCovered(narrow.matches ? COVERED_PHONE : COVERED);
    follow();
    narrow.addEventListener("change", follow);
    return () => narrow.removeEventListener("change", follow);
  }, []);

  const [firstRow, endRow] = findRows(geometry, part.top, part.bottom);
  const shown = useMemo(() => [firstRow * geometry.columns, endRow * geometry.columns] as const, [firstRow, endRow, geometry.columns]);
  const taken = useTaken({ slug, list, version, shown });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a piece of the list that arrives brings ids whose pictures are wanted
  useEffect(() => {
    if (width === 0) return;
    const margin = AHEAD_ROWS * geometry.columns;
    list.want(shown[1] + margin);
    const ids = list.slice(shown[0], shown[1] + margin).map(({ id }) => id);
    images.want([...ids, ...list.slice(Math.max(0, shown[0] - margin), shown[0]).map(({ id }) => id)]);
  }, [list, version, shown, geometry.columns, width, images]);

  const at = (index: number): GlyphBrief | null => {
    const glyph = list.at(index);
    return glyph === null ? null : desk.now(glyph);
  };
  const glyph = at(cursor);

  const goTo = (index: number, align: "nearest" | "top" = "nearest") => {
    setPlace({ list, cursor: index });
    const row = Math.floor(index / geometry.columns);
    const { top, bottom } = read();
    const [above, below] = [row * geometry.rowHeight, (row + 1) * geometry.rowHeight];
    const by = align === "top" || above < top ? above - top : below > bottom ? below - bottom : 0;
    if (by !== 0) window.scrollBy({ top: by, behavior: "instant" });
  };
  const nextPicked = (): boolean => {
    const places = [...picks.ids].map((id) => list.indexOf(id)).filter((index) => index >= 0);
    const after = places.filter((index) => index > cursor);
    const next = after.length > 0 ? Math.min(...after) : Math.min(...places.filter((index) => index !== cursor));
    if (!Number.isFinite(next)) return false;
    goTo(next);
    return true;
  };
  const decide = (kind: DecisionKind, value: string | null) => {
    if (glyph === null) return;
    desk.record([{ glyph, kind, value }], "first");
    const wasPicked = picks.ids.has(glyph.id);
    picks.putBack(glyph.id);
    onSay("");
    if (!(wasPicked && nextPicked())) goTo(Math.min(cursor + 1, total - 1));
  };
  const toggle = (index: number) => {
    const target = at(index);
    setPlace({ list, cursor: index });
    if (target === null) return;
    const out = picks.toggle(target.id);
    onSay(out ? `Picked out: press the key of what it is, or go on; Enter confirms the others.` : "");
  };
  const confirm = (agreeing: boolean) => {
    const places = seen.look();
    const open = [...places]
      .sort((a, b) => a - b)
      .map(at)
      .filter((g) => g !== null && !g.reviewed && g.label !== null && !picks.ids.has(g.id) && !taken.has(g.id)) as GlyphBrief[];
    const right = agreeing ? open.filter((g) => findState(g) === "agrees") : open;
    desk.record(
      right.map((g) => ({ glyph: g, kind: "class" as const, value: g.label })),
      "first",
    );
    const { top, bottom } = read();
    const next = findUnseen(places, { from: findWholeRows(geometry, top, bottom)[0] * geometry.columns, total });
    const more = next !== null;
    if (more) goTo(next, "top");
    const said = right.length === 0 ? "Nothing seen here is open." : `${formatCount(right.length)} confirmed.`;
    onSay(more ? said : `${said} That was the end of this list${picks.ids.size > 0 ? "; the picked ones are still open" : ""}.`);
  };
  const switchClass = (by: 1 | -1) => {
    const all: readonly (string | null)[] = [null, ...classes];
    onAddress(({ label }) => ({ label: all[(all.indexOf(label) + by + all.length) % all.length] }));
  };
  const goBackTo = (id: string | null, nothing: string) => {
    if (id === null) return onSay(nothing);
    const index = list.indexOf(id);
    if (index >= 0) goTo(index);
    onSay(index >= 0 ? "" : "Done, on a glyph that is not in this list.");
  };

  const run = (id: CommandId) => {
    switch (id) {
      case "pick":
        return toggle(cursor);
      case "confirm-seen":
        return confirm(false);
      case "confirm-agreeing":
        return confirm(true);
      case "next-picked":
        return nextPicked() ? undefined : onSay("Nothing else is picked out.");
      case "picked-one-by-one":
        if (picks.ids.size > 0) keepPicked(slug, [...picks.ids]);
        return onAddress({ way: "one", picked: picks.ids.size > 0, glyph: null });
      case "class-before":
        return switchClass(-1);
      case "class-after":
        return switchClass(1);
      case "unusable":
      case "blank":
        return decide(id, null);
      case "left":
      case "right":
      case "up":
      case "down":
        return goTo(moveCursor(total, geometry.columns, { from: cursor, direction: id }));
      case "first":
        return goTo(0);
      case "last":
        return goTo(Math.max(0, total - 1));
      case "undo":
        return goBackTo(desk.undo(), "Nothing to take back.");
      case "redo":
        return goBackTo(desk.redo(), "Nothing to do again.");
      case "zoom":
        return setZoom(ZOOMS[(ZOOMS.indexOf(zoom as (typeof ZOOMS)[number]) + 1) % ZOOMS.length]);
      default:
        onCommand(id, glyph);
    }
  };
  const retry = () => {
    setImagesError(null);
    images.retry();
    if (list.error !== null) setAttempt((n) => n + 1);
  };
  return {
    box,
    list,
    listVersion: version,
    geometry,
    part,
    total,
    at,
    cursor,
    glyph,
    picks,
    taken,
    seen,
    decide,
    toggle,
    run,
    retry,
    imagesError,
    zoom,
  };
}
