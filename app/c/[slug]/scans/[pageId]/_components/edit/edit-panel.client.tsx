"use client";

import { Button } from "@mantine/core";
import { ErrorNotice } from "../../../../../../_components/error-notice.tsx";
import classes from "./edit-panel.module.css";
import type { GlyphEdit } from "./use-glyph-edit.ts";

/** What can be done with the selected glyph, for the mouse and a finger; the keys do the same. */
export function EditPanel({ edit }: { edit: GlyphEdit }) {
  const { chosen, shape, busy } = edit;
  const inked = chosen !== null && chosen.state !== "blank";
  if (!edit.on) {
    return (
      <Button variant="default" onClick={edit.toggle}>
        Edit glyphs
      </Button>
    );
  }
  return (
    <section className={classes.panel} aria-label="Edit glyphs" aria-busy={busy}>
      <p aria-live="polite">
        {shape === null
          ? "Type a character to label the glyph; or cut it anew:"
          : shape.kind === "box"
            ? "Drag the box or its corners around what was written."
            : "Drag the line, or its ends, between the two characters."}
      </p>
      {edit.error !== null && <ErrorNotice title="Nothing was changed" error={edit.error} onClose={edit.closeError} />}
      {shape === null ? (
        <div className={classes.buttons}>
          <Button size="xs" variant="default" disabled={chosen === null || busy} onClick={edit.drawBox}>
            Draw its box anew
          </Button>
          <Button size="xs" variant="default" disabled={!inked || busy} onClick={edit.split}>
            Split in two
          </Button>
          <Button size="xs" variant="default" disabled={!inked || busy} onClick={edit.drawLine}>
            Split along a line
          </Button>
          <Button size="xs" variant="default" disabled={!edit.mayJoin} onClick={edit.join}>
            Join with the next
          </Button>
          <Button size="xs" variant="default" disabled={!inked || busy} onClick={edit.unusable}>
            Unusable
          </Button>
          <Button size="xs" variant="default" disabled={!edit.mayUndo} onClick={edit.undo}>
            Undo
          </Button>
          <Button size="xs" variant="default" disabled={!edit.mayRedo} onClick={edit.redo}>
            Redo
          </Button>
          <Button size="xs" onClick={edit.toggle}>
            Done
          </Button>
        </div>
      ) : (
        <div className={classes.buttons}>
          <Button size="xs" loading={busy} onClick={edit.cutShape}>
            Cut
          </Button>
          <Button size="xs" variant="default" onClick={edit.leave}>
            Leave it as it was
          </Button>
        </div>
      )}
    </section>
  );
}
