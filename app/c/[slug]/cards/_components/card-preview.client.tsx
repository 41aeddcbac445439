"use client";

import { ActionIcon } from "@mantine/core";
import type { DrawingItem } from "../../../../../lib/card/card-drawing.ts";
import type { Card } from "../../../../../lib/card/card-manifest.ts";
import { formatCount, formatPlural } from "../../../../_components/format.ts";
import { IconArrowLeft, IconArrowRight } from "../../../../_components/icons.tsx";
import { CardDrawing } from "./card-drawing.tsx";
import classes from "./card-preview.module.css";

interface CardPreviewProps {
  readonly card: Card;
  readonly pages: readonly (readonly DrawingItem[])[];
  /** Which sheet of the whole batch is on top, 0-based: pages of a card come before the next card. */
  readonly sheet: number;
  readonly copies: number;
  /** The options as they stand make no card: this is the last one that they made. */
  readonly stale: boolean;
  readonly onTurn: (by: number) => void;
}

/** The sheet as it will be printed; more of them lie beneath. */
export function CardPreview({ card, pages, sheet, copies, stale, onTurn }: CardPreviewProps) {
  const pageIndex = sheet % pages.length;
  const page = card.pages[pageIndex];
  const sheets = copies * pages.length;
  const characters = card.pages.reduce((sum, p) => sum + p.fields.reduce((n, f) => n + countCharacters(f.kind, f.prompt), 0), 0);
  const boxMm = card.pages[0].fields.find((field) => field.kind !== "writer")?.boxes[0];
  return (
    <section className={classes.preview} aria-label="Preview">
      <div className={classes.stack} data-more={sheets > 1 || undefined} data-stale={stale || undefined}>
        <CardDrawing
          items={pages[pageIndex]}
          widthMm={page.widthMm}
          heightMm={page.heightMm}
          label={`Sheet ${sheet + 1}, card ${card.code}`}
          className={classes.sheet}
        />
      </div>
      <div className={classes.caption}>
        <p aria-live="polite">
          {formatPlural(characters, "character")} a card
          {boxMm !== undefined && `, boxes ${boxMm[2]} × ${boxMm[3]} mm`}
          {pages.length > 1 && `, ${formatPlural(pages.length, "page")}`}
        </p>
        {sheets > 1 && (
          <div className={classes.turn}>
            <ActionIcon variant="subtle" color="gray" onClick={() => onTurn(-1)} aria-label="Previous sheet" disabled={sheet === 0}>
              <IconArrowLeft size={18} />
            </ActionIcon>
            <span>
              {formatCount(sheet + 1)} of {formatCount(sheets)}
            </span>
            <ActionIcon variant="subtle" color="gray" onClick={() => onTurn(1)} aria-label="Next sheet" disabled={sheet === sheets - 1}>
              <IconArrowRight size={18} />
            </ActionIcon>
          </div>
        )}
      </div>
    </section>
  );
}

/** Characters that become glyphs; the writer code, lines and the paragraph do not. */
function countCharacters(kind: string, prompt: string): number {
  return ["digits", "lowercase", "uppercase", "characters"].includes(kind) ? [...prompt].length : 0;
}
