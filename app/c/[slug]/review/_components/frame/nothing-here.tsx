import { Button } from "@mantine/core";
import Link from "next/link";
import { DemoButton } from "../../../../../_components/demo-button.client.tsx";
import { EmptyState } from "../../../../../_components/empty-state.tsx";
import { IconArrowRight } from "../../../../../_components/icons.tsx";
import { listNarrowing, NOT_NARROWED, type ReviewAddress } from "./review-address.ts";

interface NothingProps {
  readonly slug: string;
  readonly address: ReviewAddress;
  /** The collection has no glyphs at all. */
  readonly none: boolean;
  readonly onAddress: (next: Partial<ReviewAddress>) => void;
}

const DECIDED: Readonly<Record<string, string>> = {
  reviewed: "Nothing is looked over yet",
  unusable: "Nothing is marked unusable",
  flagged: "Nothing is flagged",
};
const SETTLED: Readonly<Record<string, string>> = {
  disagree: "Nothing is in doubt",
  suspect: "No label is suspected",
  spoiled: "Nothing crossed out is open",
  conflict: "Nobody differs",
};

/** Why there is nothing to review, and the next step. */
export function NothingHere({ slug, address, none, onAddress }: NothingProps) {
  if (none) {
    return (
      <EmptyState
        title="No glyphs yet"
        text="Every character cut from a scanned page comes here, with the prompt as its first label. Add scans of filled-in cards, or let the demo fill some in."
      >
        <Button component={Link} href={`/c/${slug}/scans`} size="md">
          Add scans
        </Button>
        <DemoButton variant="default">Show me with a demo</DemoButton>
      </EmptyState>
    );
  }
  if (address.way === "adjudicate") {
    return (
      <EmptyState
        title="Nobody differs"
        text="Glyphs on which two people decided differently come here. They arise where somebody takes a second look, blind."
      >
        <Button size="md" onClick={() => onAddress({ way: "one", blind: true })}>
          Take a second look
        </Button>
        <Button size="md" variant="default" onClick={() => onAddress({ way: "grid" })}>
          To the grid
        </Button>
      </EmptyState>
    );
  }
  if (address.blind) {
    return (
      <EmptyState
        title="Nothing for a second look"
        text="What exactly one other person has decided comes here, without being told how. Are you the only one so far, or is the name of the reviewer the same?"
      >
        <Button size="md" onClick={() => onAddress({ blind: false })}>
          To the first look
        </Button>
      </EmptyState>
    );
  }
  if (address.audit !== null) {
    return (
      <EmptyState title="The sample is checked" text="Every label of this audit has been looked at since it was drawn.">
        <Button component={Link} href={`/c/${slug}/quality`} size="md">
          What it shows
        </Button>
      </EmptyState>
    );
  }
  if (address.order === "doubt") {
    return (
      <EmptyState title="Nothing estimated here" text="The order by doubt is of glyphs whose labels were estimated: Quality does that.">
        <Button component={Link} href={`/c/${slug}/quality`} size="md">
          To Quality
        </Button>
      </EmptyState>
    );
  }
  if (address.picked || Object.keys(listNarrowing(address)).length > 0) {
    return (
      <EmptyState title="No glyph fits" text="Nothing in this state is of all that the filter asks for.">
        <Button size="md" onClick={() => onAddress(NOT_NARROWED)}>
          Take the filter off
        </Button>
      </EmptyState>
    );
  }
  if (DECIDED[address.state] !== undefined) {
    return (
      <EmptyState title={DECIDED[address.state]} text="What people have decided comes here, and can be changed here.">
        <Button size="md" onClick={() => onAddress({ state: "open" })}>
          Go through what is open
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={SETTLED[address.state] ?? "All looked over"}
      text="Every glyph here is settled. Build a dataset of them, split by writer."
    >
      <Button component={Link} href={`/c/${slug}/datasets`} size="md" rightSection={<IconArrowRight size={18} />}>
        Build a dataset
      </Button>
      <Button size="md" variant="default" onClick={() => onAddress({ state: "all" })}>
        Look at all glyphs
      </Button>
    </EmptyState>
  );
}
