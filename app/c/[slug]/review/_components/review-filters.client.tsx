"use client";

import { Select, TextInput } from "@mantine/core";
import Link from "next/link";
import type { CollectionView } from "../../../../../lib/contracts/collections.ts";
import { formatCount } from "../../../../_components/format.ts";
import { addressOf, type ReviewFilter, type ReviewState } from "./review-filter.ts";
import classes from "./review-filters.module.css";
import type { ReviewChoices } from "./use-review-choices.ts";

const STATES: readonly { state: ReviewState; name: string; count: (counts: CollectionView["counts"]) => number }[] = [
  { state: "open", name: "Open", count: (c) => c.glyphs - c.reviewed },
  { state: "disagree", name: "In doubt", count: (c) => c.disagreeing },
  { state: "reviewed", name: "Looked over", count: (c) => c.reviewed },
  { state: "unusable", name: "Unusable", count: (c) => c.unusable },
  { state: "all", name: "All", count: (c) => c.glyphs },
];

interface FilterProps {
  readonly slug: string;
  readonly filter: ReviewFilter;
  readonly counts: CollectionView["counts"] | null;
  readonly choices: ReviewChoices;
  readonly onChange: (filter: ReviewFilter) => void;
}

/** Which glyphs are shown; every choice has its own address. */
export function ReviewFilters({ slug, filter, counts, choices, onChange }: FilterProps) {
  return (
    <div className={classes.filters} role="search" aria-label="Which glyphs">
      <nav className={classes.states} aria-label="State">
        {STATES.map(({ state, name, count }) => (
          <Link
            key={state}
            href={addressOf(slug, { ...filter, state })}
            aria-current={filter.state === state ? "page" : undefined}
            data-testid={`filter-${state}`}
          >
            {name}
            <span className={classes.count}>{counts === null ? "" : formatCount(count(counts))}</span>
          </Link>
        ))}
      </nav>
      <div className={classes.more}>
        <TextInput
          aria-label="Label"
          placeholder="Label"
          size="xs"
          w={{ base: "100%", sm: "4.6rem" }}
          maxLength={1}
          autoComplete="off"
          value={filter.label ?? ""}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => onChange({ ...filter, label: event.currentTarget.value.trim() || null })}
        />
        <Select
          aria-label="Writer"
          placeholder="Writer"
          size="xs"
          w={{ base: "100%", sm: "7.5rem" }}
          data={[...choices.writers]}
          value={filter.writer}
          clearable
          onChange={(writer) => onChange({ ...filter, writer })}
        />
        <Select
          aria-label="Page"
          placeholder="Page"
          size="xs"
          w={{ base: "100%", sm: "11rem" }}
          data={[...choices.pages]}
          value={filter.page}
          clearable
          searchable
          onChange={(page) => onChange({ ...filter, page })}
        />
      </div>
    </div>
  );
}
