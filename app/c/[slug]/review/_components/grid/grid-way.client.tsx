"use client";

import { useEffect, useMemo } from "react";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatCount } from "../../../../../_components/format.ts";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import type { ReviewDesk } from "../desk/review-desk.ts";
import { isTypedIn } from "../frame/is-typed-in.ts";
import { Keypad } from "../frame/keypad.client.tsx";
import { NothingHere } from "../frame/nothing-here.tsx";
import { isWaiting } from "../frame/review-address.ts";
import type { WayProps } from "../frame/review-way.ts";
import type { CommandId } from "../keys/commands.ts";
import { useReviewKeys } from "../keys/use-review-keys.ts";
import { GlyphPanel } from "../one/glyph-panel.client.tsx";
import { GlyphGrid } from "./glyph-grid.client.tsx";
import { GridBar } from "./grid-bar.client.tsx";
import type { GridList } from "./grid-list.ts";
import classes from "./grid-way.module.css";
import { useGridReview } from "./use-grid-review.ts";

/** The grid: the wrong ones are picked out, then one key says that all the others seen are right. */
export function GridWay(props: WayProps) {
  const { slug, address, desk, version, saved, classes: characters, bare, onSay, onCount } = props;
  const grid = useGridReview(props);
  const { list, glyph, picks, seen, run } = grid;
  useReviewKeys({
    way: "grid",
    characters,
    onClass: (value) => grid.decide("class", value),
    onCommand: run,
    onSay,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the versions stand for what is in the list and on the desk
  const count = useMemo(
    () => countOpen(grid.list, desk, isWaiting(address.state)),
    [grid.list, grid.listVersion, version, desk, address.state],
  );
  useEffect(() => onCount(count), [count, onCount]);
  const focusList = () => grid.box.current?.focus({ preventScroll: true });
  const shown = grid.total > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list takes the focus from the button or the link that called for it
  useEffect(() => {
    if (shown && !isTypedIn(document.activeElement)) focusList();
  }, [shown, grid.list]);
  const runFromBar = (id: CommandId) => {
    run(id);
    focusList();
  };

  return (
    <>
      {grid.imagesError !== null && <ErrorNotice title="Some pictures could not be loaded" error={grid.imagesError} onRetry={grid.retry} />}
      {list.error !== null && <ErrorNotice title="The glyphs could not be loaded" error={list.error} onRetry={grid.retry} />}
      <GridBar
        address={address}
        characters={characters}
        picked={picks.ids.size}
        seen={seen.count}
        onClass={(label) => props.onAddress({ label })}
        onRun={runFromBar}
      />
      {list.total === null && list.error === null && <p className="sr-only">Loading the glyphs</p>}
      {list.total === 0 && <NothingHere slug={slug} address={address} none={bare} onAddress={props.onAddress} />}
      <div className={classes.layout} hidden={grid.total === 0}>
        <GlyphGrid
          box={grid.box}
          geometry={grid.geometry}
          part={grid.part}
          total={grid.total}
          at={grid.at}
          cursor={grid.cursor}
          picked={picks.ids}
          taken={grid.taken}
          onPick={grid.toggle}
        />
        {glyph !== null && <GlyphPanel slug={slug} glyph={glyph} saved={saved} drawn={glyphImages.has(glyph.id)} />}
      </div>
      {grid.total > 0 && (
        <Keypad
          characters={characters}
          label={glyph?.label ?? null}
          canUndo={desk.canUndo}
          classKeys={picks.ids.size > 0}
          confirm={{ words: `✓ ${formatCount(seen.count)} seen are right`, disabled: seen.count === 0, run: () => run("confirm-seen") }}
          onClass={(value) => grid.decide("class", value)}
          onUnusable={() => run("unusable")}
          onUndo={() => run("undo")}
        />
      )}
    </>
  );
}

/** How many of the list wait for a decision; of a list of decided ones, how many there are. */
function countOpen(list: GridList, desk: ReviewDesk, waiting: boolean): number | null {
  if (list.total === null || !waiting) return list.total;
  let decided = 0;
  for (const glyph of list.slice(0, list.loaded)) if (desk.now(glyph).reviewed) decided++;
  return list.total - decided;
}
