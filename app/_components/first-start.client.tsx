"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { CreateCollection } from "./create-collection.client.tsx";
import { DemoButton } from "./demo-button.client.tsx";
import classes from "./first-start.module.css";
import { LoopDrawing } from "./loop-drawing.tsx";

const LOOP = [
  { name: "Cards", does: "Print boxes with the character to write in each." },
  { name: "Scans", does: "Photograph or scan what came back." },
  { name: "Review", does: "Look over the glyphs. Doubtful ones come first." },
  { name: "Datasets", does: "Split by writer, export as MNIST does." },
  { name: "Train", does: "Watch a network of your own learn." },
  { name: "Evaluate", does: "See what it gets wrong, and whose hand." },
] as const;

/** What someone sees who has just started Inkform: what it is, the whole loop, two ways in. `slug`: the empty collection, null for none. */
export function FirstStart({ slug }: { slug: string | null }) {
  const [creating, setCreating] = useState(false);
  return (
    <div className={classes.start}>
      <h1>
        Handwriting in,
        <br />
        <em>training data out.</em>
      </h1>
      <p className={classes.lead}>
        Print cards, have people fill them in by hand, scan them. Inkform cuts out every character, labels it, and trains a network that
        reads it. All of it on this machine.
      </p>
      <div className={classes.actions}>
        <DemoButton>Show me with a demo</DemoButton>
        {slug === null ? (
          <Button size="md" variant="default" onClick={() => setCreating(true)}>
            Start a collection
          </Button>
        ) : (
          <Button component={Link} href={`/c/${slug}/cards`} size="md" variant="default">
            Print your own cards
          </Button>
        )}
      </div>
      <p className={classes.aside}>
        The demo fills in cards with a simulated pen and takes about a minute. No printer needed.
        {slug !== null && (
          <>
            {" "}
            Filled-in cards or NIST forms at hand? <Link href={`/c/${slug}/scans`}>Add scans</Link>.
          </>
        )}
      </p>
      <ol className={classes.loop} aria-label="The loop">
        {LOOP.map(({ name, does }) => (
          <li key={name}>
            <LoopDrawing state="ahead" />
            <h2>{name}</h2>
            <p>{does}</p>
          </li>
        ))}
      </ol>
      <CreateCollection opened={creating} onClose={() => setCreating(false)} />
    </div>
  );
}
