"use client";

import { TextInput } from "@mantine/core";
import { setReviewer, useReviewer, useReviewerAsked } from "../desk/reviewer-name.ts";

/** Whose decisions these are; it can be changed at any time once it was asked for. */
export function ReviewerField() {
  const reviewer = useReviewer();
  const asked = useReviewerAsked();
  if (!asked) return null;
  const shown = reviewer === "me" ? "" : reviewer;
  return (
    <TextInput
      aria-label="Reviewer"
      title="Whose decisions these are: a name or a code"
      placeholder="Reviewer"
      size="xs"
      w={{ base: "6.5rem", sm: "7.5rem" }}
      maxLength={40}
      autoComplete="off"
      key={reviewer}
      defaultValue={shown}
      onBlur={({ currentTarget }) => currentTarget.value.trim() !== shown && setReviewer(currentTarget.value.trim())}
      data-testid="reviewer"
    />
  );
}
