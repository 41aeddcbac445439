"use client";

import { Select, TextInput } from "@mantine/core";
import Link from "next/link";
import type { CollectionView } from "../../../../../lib/contracts/collections.ts";
import { formatCount } from "../../../../_components/format.ts";
import { addressOf, type ReviewFilter, type ReviewState } from "./review-filter.ts";
import classes from "./review-filters.module.css";
import { setReviewer, useReviewer } from "./reviewer-name.ts";
import type { ReviewChoices } from "./use-review-choices.ts";

const STATES: readonly { state: ReviewState; name: string; count?: (counts: CollectionView["counts"]) => number }[] = [
  { state: "open", name: "Open", count: (c) => c.glyphs - c.reviewed },
  { state: "disagree", name: "In doubt", count: (c) => c.disagreeing },
  { state: "spoiled", name: "Crossed out" },
  { state: "reviewed", name: "Looked over", count: (c) => c.reviewed },
  { state: "unusable", name: "Unusable", count: (c) => c.unusable },
  { state: "all", name: "All", count: (c) => c.glyphs },
];

const ORDERS = [
  { value: "queue", label: "Contradicted first" },
  { value: "doubt", label: "Most doubtful first" },
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
  const reviewer = useReviewer();
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
            <span className={classes.count}>{counts === null || !count ? "" : formatCount(count(counts))}</span>
          </Link>
        ))}
      </nav>
      <div className={classes.more}>
        {filter.audit !== null && (
          <Link href={addressOf(slug, { ...filter, audit: null })} className={classes.audit} data-testid="leave-audit">
            Sample of an audit <span aria-hidden="true">×</span>
            <span className="sr-only">: show all glyphs again</span>
          </Link>
        )}
        <Select
          aria-label="Order"
          size="xs"
          w={{ base: "100%", sm: "10.5rem" }}
          data={ORDERS}
          value={filter.order}
          allowDeselect={false}
          onChange={(order) => onChange({ ...filter, order: order === "doubt" ? "doubt" : "queue" })}
          data-testid="review-order"
        />
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
        <TextInput
          aria-label="Reviewer"
          title="Whose decisions these are: a name or a code"
          placeholder="Reviewer"
          size="xs"
          w={{ base: "100%", sm: "7rem" }}
          maxLength={40}
          autoComplete="off"
          key={reviewer}
          defaultValue={reviewer === "me" ? "" : reviewer}
          onBlur={(event) => setReviewer(event.currentTarget.value.trim())}
          data-testid="reviewer"
        />
      </div>
    </div>
  );
}
