"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { CollectionView } from "../../../../../../lib/contracts/collections.ts";
import { formatCount } from "../../../../../_components/format.ts";
import { AddressLink } from "./address-link.client.tsx";
import { FilterChips } from "./filter-chips.client.tsx";
import { changeAddress, type ReviewAddress, type ReviewOrder, type ReviewSource, type ReviewState } from "./review-address.ts";
import classes from "./review-filters.module.css";
import type { ReviewChoices } from "./use-review-choices.ts";

const STATES: readonly { state: ReviewState; name: string; count?: (counts: CollectionView["counts"]) => number }[] = [
  { state: "open", name: "Open", count: (c) => c.glyphs - c.reviewed },
  { state: "disagree", name: "In doubt", count: (c) => c.disagreeing },
  { state: "suspect", name: "Suspected" },
  { state: "spoiled", name: "Crossed out" },
  { state: "reviewed", name: "Looked over", count: (c) => c.reviewed },
  { state: "flagged", name: "Flagged" },
  { state: "unusable", name: "Unusable", count: (c) => c.unusable },
  { state: "all", name: "All", count: (c) => c.glyphs },
];

const ORDERS: readonly { value: ReviewOrder; label: string }[] = [
  { value: "queue", label: "Contradicted first" },
  { value: "gain", label: "Most gained a second" },
  { value: "doubt", label: "Most doubtful first" },
  { value: "odd", label: "Odd ones of a class" },
  { value: "class", label: "By class" },
  { value: "writer", label: "By writer" },
  { value: "page", label: "By page" },
  { value: "random", label: "At random" },
];

const SOURCES: readonly { value: ReviewSource; label: string }[] = [
  { value: "prompt", label: "Prompt" },
  { value: "ocr", label: "Prompt read from print" },
  { value: "person", label: "A person" },
];

interface FilterProps {
  readonly slug: string;
  readonly address: ReviewAddress;
  readonly counts: CollectionView["counts"] | null;
  readonly choices: ReviewChoices;
  readonly onAddress: (next: Partial<ReviewAddress>) => void;
  readonly onGo: (to: ReviewAddress) => void;
}

/** Which glyphs are shown and in which order; every choice has its own address. */
export function ReviewFilters({ slug, address, counts, choices, onAddress, onGo }: FilterProps) {
  const [opened, setOpened] = useState(false);
  const narrowed = [address.writer, address.page, address.source, address.way === "grid" ? null : address.label].some(
    (value) => value !== null,
  );
  const open = opened || narrowed;
  const queue = address.way === "adjudicate" || address.blind;
  return (
    <div className={classes.filters} role="search" aria-label="Which glyphs">
      {!queue && (
        <nav className={classes.states} aria-label="State">
          {STATES.map(({ state, name, count }) => (
            <AddressLink
              key={state}
              slug={slug}
              to={changeAddress({ ...address, glyph: null }, { state })}
              onGo={onGo}
              aria-current={address.state === state ? "page" : undefined}
              data-testid={`filter-${state}`}
            >
              {name}
              <span className={classes.count}>{counts === null || !count ? "" : formatCount(count(counts))}</span>
            </AddressLink>
          ))}
        </nav>
      )}
      <div className={classes.more}>
        <FilterChips slug={slug} address={address} onGo={onGo} />
        <Select
          aria-label="Order"
          size="xs"
          w={{ base: "100%", sm: "10.5rem" }}
          data={ORDERS}
          value={address.order}
          allowDeselect={false}
          onChange={(order) => onAddress({ order: (order ?? "queue") as ReviewOrder, seed: 1 + (Date.now() % 1_000_000) })}
          data-testid="review-order"
        />
        <Button
          size="xs"
          variant="default"
          aria-expanded={open}
          onClick={() => setOpened(!open)}
          disabled={narrowed}
          data-testid="more-filters"
        >
          Filter
        </Button>
        {open && (
          <>
            {address.way !== "grid" && (
              <TextInput
                aria-label="Class"
                placeholder="Class"
                size="xs"
                w={{ base: "100%", sm: "4.6rem" }}
                maxLength={1}
                autoComplete="off"
                value={address.label ?? ""}
                onFocus={(event) => event.currentTarget.select()}
                onChange={(event) => onAddress({ label: event.currentTarget.value.trim() || null })}
              />
            )}
            <Choice
              name="Writer"
              width="7.5rem"
              data={choices.writers}
              value={address.writer}
              onChange={(writer) => onAddress({ writer })}
            />
            <Choice name="Page" width="10rem" data={choices.pages} value={address.page} onChange={(page) => onAddress({ page })} />
            <Choice
              name="Source"
              width="7rem"
              data={SOURCES}
              value={address.source}
              onChange={(source) => onAddress({ source: source as ReviewSource | null })}
            />
          </>
        )}
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly width: string;
  readonly data: readonly (string | { readonly value: string; readonly label: string })[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** One of many, or none of them. */
function Choice({ name, width, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={name}
      placeholder={name}
      size="xs"
      w={{ base: "100%", sm: width }}
      data={[...data]}
      value={value}
      clearable
      searchable
      onChange={onChange}
    />
  );
}
