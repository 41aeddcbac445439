"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { setReviewer, useReviewerAsked } from "../desk/reviewer-name.ts";
import classes from "./review-filters.module.css";

/** Asks once who is reviewing. It stands beside the work, not before it: keys work at once, and decisions are "me"'s until there is a name. */
export function WhoAsks() {
  const asked = useReviewerAsked();
  const [name, setName] = useState("");
  if (asked) return null;
  const answer = (event: FormEvent) => {
    event.preventDefault();
    setReviewer(name.trim());
  };
  return (
    <form className={classes.who} onSubmit={answer} data-testid="who">
      <label htmlFor="who-reviews">Who is reviewing? With a name, several people can work at once and be compared.</label>
      <TextInput
        id="who-reviews"
        size="xs"
        maxLength={40}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default">
        {name.trim() === "" ? "Just me" : "That is me"}
      </Button>
    </form>
  );
}
