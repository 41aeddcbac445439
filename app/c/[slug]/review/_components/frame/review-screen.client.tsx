"use client";

import { useCallback, useEffect, useState } from "react";
import { useCollections } from "../../../../../_components/collections.client.tsx";
import { IconKeyboard } from "../../../../../_components/icons.tsx";
import { useShowKeyHelp } from "../../../../../_components/keys.client.tsx";
import { Loading } from "../../../../../_components/loading.tsx";
import { AdjudicateWay } from "../adjudicate/adjudicate-way.client.tsx";
import type { DecisionKind, GlyphBrief } from "../desk/glyph-mark.ts";
import { SaveStateText } from "../desk/save-state.client.tsx";
import { useDesk } from "../desk/use-desk.ts";
import { GridWay } from "../grid/grid-way.client.tsx";
import type { CommandId } from "../keys/commands.ts";
import { KeysDialog } from "../keys/keys-dialog.client.tsx";
import { OneWay } from "../one/one-way.client.tsx";
import { AuditLine } from "./audit-line.client.tsx";
import { FlagDialog } from "./flag-dialog.client.tsx";
import { RestoreDialog } from "./restore-dialog.client.tsx";
import { isWaiting, type ReviewAddress } from "./review-address.ts";
import { ReviewFilters } from "./review-filters.client.tsx";
import { ReviewProgress } from "./review-progress.client.tsx";
import classes from "./review-screen.module.css";
import type { AddressChange, WayProps } from "./review-way.ts";
import { ReviewerField } from "./reviewer-field.client.tsx";
import { useReviewAddress } from "./use-review-address.ts";
import { useReviewChoices } from "./use-review-choices.ts";
import { WayLinks } from "./way-links.client.tsx";
import { WhoAsks } from "./who-asks.client.tsx";

const WAYS = { grid: GridWay, one: OneWay, adjudicate: AdjudicateWay } as const;

/** Review: is this what they wrote? Glyphs and keys, three ways to go through them. */
export function ReviewScreen({ slug }: { slug: string }) {
  const { address, goTo, change } = useReviewAddress(slug);
  const { current, reload: reloadCounts } = useCollections();
  const choices = useReviewChoices(slug);
  const { desk, version, save } = useDesk(slug);
  const [hint, setHint] = useState("");
  const [count, setCount] = useState<number | null>(null);
  const [dialog, setDialog] = useState<{ kind: "flag" | "restore" | "keys"; glyph: GlyphBrief | null } | null>(null);
  const [savedVersion, setSavedVersion] = useState(0);
  const [drawing, setDrawing] = useState(false);
  const showKeys = useShowKeyHelp();

  const saved = save.kind === "saved";
  useEffect(() => {
    if (!saved) return;
    setSavedVersion((n) => n + 1);
    void reloadCounts();
  }, [saved, reloadCounts]);

  const changeTo = useCallback(
    (wanted: AddressChange) => {
      setHint("");
      change(wanted);
    },
    [change],
  );
  const go = (to: ReviewAddress) => {
    setHint("");
    goTo(to);
  };
  const record = (glyph: GlyphBrief, kind: DecisionKind, value: string | null) => {
    desk?.record([{ glyph, kind, value }], address.way === "adjudicate" ? "adjudication" : address.blind ? "second" : "first");
    setDialog(null);
  };
  const runCommand = (id: CommandId, glyph: GlyphBrief | null) => {
    if (id === "keys") return setDialog({ kind: "keys", glyph: null });
    if (id === "adjudicate") return changeTo({ way: "adjudicate" });
    if (glyph === null || (id !== "flag" && id !== "restore")) return;
    if (id === "flag" && glyph.flag !== null) {
      record(glyph, "unflag", null);
      setHint("The flag is taken away.");
    } else {
      setDialog({ kind: id, glyph });
    }
  };

  const Way = WAYS[address.way];
  const waiting = address.way === "adjudicate" || address.blind || isWaiting(address.state);
  const props: Omit<WayProps, "desk"> = {
    slug,
    address,
    version,
    saved,
    classes: choices.classes,
    bare: current !== null && current.counts.glyphs === 0,
    onAddress: changeTo,
    onSay: setHint,
    onCommand: runCommand,
    onCount: setCount,
  };
  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <h1>Review</h1>
        <WayLinks slug={slug} address={address} onGo={go} />
        <div className={classes.state}>
          <ReviewProgress count={count} waiting={waiting} moments={desk?.moments ?? []} />
          <SaveStateText save={save} />
          <ReviewerField />
          <button type="button" className={classes.keys} onClick={showKeys} title="Keys (?)">
            <IconKeyboard size={18} />
            <span className="sr-only">Keys</span>
          </button>
        </div>
      </header>
      <WhoAsks />
      <ReviewFilters slug={slug} address={address} counts={current?.counts ?? null} choices={choices} onAddress={changeTo} onGo={go} />
      <div className={classes.line}>
        <p className={classes.hint} aria-live="polite" data-testid="review-hint">
          {hint}
        </p>
        <AuditLine
          slug={slug}
          address={address}
          savedVersion={savedVersion}
          drawing={drawing}
          onDrawing={setDrawing}
          onAddress={changeTo}
          onGo={go}
        />
      </div>
      {/* a sample that is being drawn takes the place of what is shown: nothing of that is to be decided any more */}
      {drawing && <Loading what="the sample" />}
      {desk !== null && choices.known && !drawing && <Way {...props} desk={desk} key={address.way} />}
      <FlagDialog
        glyph={dialog?.kind === "flag" ? dialog.glyph : null}
        onFlag={(note) => dialog?.glyph && record(dialog.glyph, "flag", note)}
        onClose={() => setDialog(null)}
      />
      <RestoreDialog
        glyph={dialog?.kind === "restore" ? dialog.glyph : null}
        blind={address.way === "one" && address.blind}
        onRestore={(kind, value) => dialog?.glyph && record(dialog.glyph, kind, value)}
        onClose={() => setDialog(null)}
      />
      <KeysDialog opened={dialog?.kind === "keys"} characters={choices.classes} onClose={() => setDialog(null)} />
    </div>
  );
}
