"use client";

import { useMemo } from "react";
import { buildCard } from "../../../../../lib/card/build-card.ts";
import { buildCardDrawing } from "../../../../../lib/card/build-card-drawing.ts";
import type { TemplateId } from "../../../../../lib/card/card-manifest.ts";
import { CardDrawing } from "./card-drawing.tsx";
import classes from "./template-gallery.module.css";
import { FIRST_CUSTOM, TEMPLATES } from "./templates.ts";

/** The templates as small real cards; a radio group, so arrow keys move through it. */
export function TemplateGallery({ value, onChange }: { value: TemplateId; onChange: (template: TemplateId) => void }) {
  const drawn = useMemo(
    () =>
      TEMPLATES.map((template) => {
        const custom = template.id === "custom" ? FIRST_CUSTOM : undefined;
        const card = buildCard({ template: template.id, paper: "a4", seed: 1, dropOut: "none", custom });
        return { ...template, page: card.pages[0], items: buildCardDrawing(card, 0) };
      }),
    [],
  );
  return (
    <fieldset className={classes.gallery}>
      <legend>Template</legend>
      <div className={classes.row}>
        {drawn.map(({ id, name, what, page, items }) => (
          <label key={id} className={classes.choice} data-chosen={id === value || undefined}>
            <input type="radio" name="template" value={id} checked={id === value} onChange={() => onChange(id)} className="sr-only" />
            <CardDrawing items={items} widthMm={page.widthMm} heightMm={page.heightMm} label="" className={classes.thumbnail} />
            <span className={classes.name}>{name}</span>
            <span className="sr-only">{what}</span>
          </label>
        ))}
      </div>
      <p className={classes.what}>{TEMPLATES.find((template) => template.id === value)?.what}</p>
    </fieldset>
  );
}
