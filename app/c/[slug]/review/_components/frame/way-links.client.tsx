"use client";

import { AddressLink } from "./address-link.client.tsx";
import { changeAddress, type ReviewAddress } from "./review-address.ts";
import classes from "./review-filters.module.css";

const WAYS = [
  { key: "grid", name: "Grid", change: { way: "grid" } },
  { key: "one", name: "One by one", change: { way: "one", blind: false } },
  { key: "second", name: "Second look", change: { way: "one", blind: true } },
  { key: "adjudicate", name: "Differences", change: { way: "adjudicate" } },
] as const;

/** The ways to review; each has its own address. */
export function WayLinks({ slug, address, onGo }: { slug: string; address: ReviewAddress; onGo: (to: ReviewAddress) => void }) {
  const current = address.way === "one" && address.blind ? "second" : address.way;
  return (
    <nav className={classes.ways} aria-label="Way">
      {WAYS.map(({ key, name, change }) => (
        <AddressLink
          key={key}
          slug={slug}
          to={changeAddress({ ...address, glyph: null }, change)}
          onGo={onGo}
          aria-current={key === current ? "page" : undefined}
          data-testid={`way-${key}`}
        >
          {name}
        </AddressLink>
      ))}
    </nav>
  );
}
