import { Button } from "@mantine/core";
import Link from "next/link";
import { EmptyState } from "../../../../../_components/empty-state.tsx";
import { formatPlural } from "../../../../../_components/format.ts";

interface EndProps {
  readonly slug: string;
  /** Passed without a decision. */
  readonly skipped: number;
  readonly onSkipped: () => void;
  readonly onAgain: () => void;
}

/** The last glyph of a queue has been passed. */
export function QueueEnd({ slug, skipped, onSkipped, onAgain }: EndProps) {
  return (
    <EmptyState
      title="That was the last one"
      text={
        skipped > 0
          ? `${formatPlural(skipped, "glyph")} passed without a decision: Enter goes back to the first.`
          : "All of it is decided. What others hold at this moment may come back."
      }
    >
      {skipped > 0 ? (
        <Button size="md" onClick={onSkipped} data-testid="to-skipped">
          Back to those skipped
        </Button>
      ) : (
        <Button size="md" onClick={onAgain}>
          Look for more
        </Button>
      )}
      <Button component={Link} href={`/c/${slug}/quality`} size="md" variant="default">
        What it shows
      </Button>
    </EmptyState>
  );
}
