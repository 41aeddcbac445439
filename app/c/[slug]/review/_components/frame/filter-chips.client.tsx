"use client";

import { RESOLUTION_BANDS, SHARPNESS_BANDS } from "../../../../../../lib/contracts/page-bands.ts";
import { AddressLink } from "./address-link.client.tsx";
import type { ReviewAddress } from "./review-address.ts";
import classes from "./review-filters.module.css";

interface ChipsProps {
  readonly slug: string;
  readonly address: ReviewAddress;
  readonly onGo: (to: ReviewAddress) => void;
}

/** What the glyphs shown are narrowed to and no field of the filter says; each is taken off by a click. */
export function FilterChips({ slug, address, onGo }: ChipsProps) {
  return listChips(address).map(({ words, off, testid }) => (
    <AddressLink key={words} slug={slug} to={{ ...address, ...off }} onGo={onGo} className={classes.chip} data-testid={testid}>
      {words} <span aria-hidden="true">×</span>
      <span className="sr-only">: take this off</span>
    </AddressLink>
  ));
}

function listChips(address: ReviewAddress): readonly { words: string; off: Partial<ReviewAddress>; testid: string }[] {
  const { audit, prediction, template, field, box, device, sharpness, resolution } = address;
  const place = [template, field === null ? null : `field ${field}`, box === null ? null : `box ${box + 1}`];
  const chips = [
    { words: audit === null ? null : "Sample of an audit", off: { audit: null }, testid: "leave-audit" },
    { words: prediction === null ? null : `The model reads ${prediction}`, off: { prediction: null }, testid: "chip-prediction" },
    {
      words: place.filter((part) => part !== null).join(", ") || null,
      off: { template: null, field: null, box: null },
      testid: "chip-place",
    },
    { words: device === null ? null : `Made with ${device}`, off: { device: null }, testid: "chip-device" },
    { words: nameBand(SHARPNESS_BANDS, sharpness, "Sharpness"), off: { sharpness: null }, testid: "chip-sharpness" },
    { words: nameBand(RESOLUTION_BANDS, resolution, "Resolution"), off: { resolution: null }, testid: "chip-resolution" },
  ];
  return chips.flatMap(({ words, ...chip }) => (words === null ? [] : [{ words, ...chip }]));
}

/** "Soft: 0.35 to 0.55 mm", "Sharpness unknown"; null where nothing is narrowed. */
function nameBand(bands: readonly { readonly key: string; readonly name: string }[], key: string | null, what: string): string | null {
  if (key === null) return null;
  const name = bands.find((band) => band.key === key)?.name;
  return name === undefined ? `${what} ${key}` : name[0].toUpperCase() + name.slice(1);
}
