"use client";

import { Button, Modal, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type PageView, pageViewSchema, type ReadAgain } from "../../../../../../lib/contracts/scans.ts";
import { pageOfTypedCode } from "../../../../../../lib/page/page-of-typed-code.ts";
import type { HandCorners } from "../../../../../../lib/page/register-by-hand.ts";
import { describeError, sendJson } from "../../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatPlural } from "../../../../../_components/format.ts";
import classes from "./read-by-hand.module.css";

interface ReadByHandProps {
  readonly page: PageView;
  readonly corners: HandCorners | null;
  /** A person has moved one. */
  readonly moved: boolean;
  readonly onStarted: (page: PageView) => void;
  /** Given where the page was read and may be left as it is. */
  readonly onCancel?: () => void;
}

/** What a person can do about a page that was not read, or was placed wrong: set the corners, type the code, have this page alone read again. */
export function ReadByHand({ page, corners, moved, onStarted, onCancel }: ReadByHandProps) {
  const [code, setCode] = useState(page.byHand?.code ?? "");
  const [left, setLeft] = useState(false);
  const { start, busy, error, dialog } = useReadAgain(page, onStarted);
  const problem = code.trim() === "" ? null : checkCode(code);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (problem !== null || corners === null) return;
    const typed = code.trim() === "" ? {} : { code: code.trim() };
    // a code alone is enough where the marks can be seen: corners nobody has looked at say nothing
    const placed = moved || code.trim() === "" ? { corners: toPairs(corners) } : {};
    start({ ...placed, ...typed });
  };
  return (
    <form className={classes.panel} onSubmit={submit} aria-label="Read by hand">
      <h2>{page.state === "read" ? "Correct the corners" : "Read it by hand"}</h2>
      <p>
        Drag 1 to 4 to the centres of the card’s corner marks: 1 is its top left <em>as printed</em>, then clockwise. Or use Tab and the
        arrow keys; with Shift ten pixels at a time. Where a mark is covered or cut off, put the handle where it would be.
      </p>
      <TextInput
        label="Card code, if the square code can’t be read"
        description="Printed at the card’s foot. For a second page add /2."
        placeholder="XXXX-XXXX-XXXX"
        value={code}
        autoComplete="off"
        spellCheck={false}
        maxLength={800}
        onChange={(event) => setCode(event.currentTarget.value)}
        onBlur={() => setLeft(true)}
        error={left || code.replaceAll(/[^0-9a-z]/gi, "").length >= 12 ? problem : null}
        styles={{ input: { fontFamily: "var(--mono)", textTransform: "uppercase" } }}
      />
      {error !== null && <ErrorNotice title="This page is not being read again" error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={busy} disabled={corners === null}>
          Read this page again
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Leave it as it is
          </Button>
        )}
      </div>
      {dialog}
    </form>
  );
}

/** Sends a request to read the page again, and asks before where people's labels are concerned. */
export function useReadAgain(page: PageView, onStarted: (page: PageView) => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState<ReadAgain | null>(null);
  const send = async (request: ReadAgain) => {
    setAsking(null);
    setBusy(true);
    setError(null);
    try {
      onStarted(await sendJson(pageViewSchema, "POST", `/api/pages/${page.id}/read`, request));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const concerned = (request: ReadAgain) => page.peoplesLabels.here + (request.duplicate === "instead" ? page.peoplesLabels.first : 0);
  const start = (request: ReadAgain) => (concerned(request) > 0 ? setAsking(request) : void send(request));
  const dialog = (
    <Modal opened={asking !== null} onClose={() => setAsking(null)} title="Labels that people gave">
      <Text mb="md">
        People have labelled {formatPlural(asking === null ? 0 : concerned(asking), "glyph")} that will be cut anew. Each label goes with
        its ink. Where that ink is not found again the label is set aside and shown with this page, and the box comes back to Review.
      </Text>
      <div className={classes.buttons}>
        <Button onClick={() => asking !== null && void send({ ...asking, carryLabels: true })}>Read it again</Button>
        <Button variant="default" onClick={() => setAsking(null)} data-autofocus>
          Leave it as it is
        </Button>
      </div>
    </Modal>
  );
  return { start, busy, error, dialog };
}

function checkCode(code: string): string | null {
  try {
    pageOfTypedCode(code);
    return null;
  } catch (error) {
    const words = describeError(error);
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
}

function toPairs(corners: HandCorners): NonNullable<ReadAgain["corners"]> {
  const [a, b, c, d] = corners.map(({ x, y }): [number, number] => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
  return [a, b, c, d];
}
