import { useEffect, useRef, useState } from "react";
import { type GlyphDetail, type GlyphView, glyphDetailSchema } from "../../../../../../lib/contracts/review.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import type { DecisionKind, GlyphBrief } from "../desk/glyph-mark.ts";
import type { WayProps } from "../frame/review-way.ts";
import type { CommandId } from "../keys/commands.ts";
import { useReviewQueue } from "./use-review-queue.ts";

/** What the keys of one-by-one and of adjudication have in common: decide and move on, back, undo, a closer look and one from further off. */
export function useOneReview(props: WayProps) {
  const { desk, onAddress, onSay, onCommand } = props;
  const { queue, version, imagesError, retry } = useReviewQueue(props);
  const sought = useRef<string | null>(null);
  const [large, setLarge] = useState(false);
  const [whole, setWhole] = useState(false);
  const glyph = queue.current === null ? null : desk.now(queue.current);
  const { pass } = queue.source;
  const failed = queue.error ?? imagesError;
  // biome-ignore lint/correctness/useExhaustiveDependencies: that the server took everything says that it is back
  useEffect(() => {
    if (props.saved && failed !== null) retry();
  }, [props.saved]);

  const decide = (kind: DecisionKind, value: string | null) => {
    if (glyph === null) return;
    if (!glyphImages.has(glyph.id)) return onSay("Its picture is not here yet: nothing was decided.");
    sought.current = null;
    desk.record([{ glyph, kind, value }], pass);
    onSay("");
    queue.settle();
  };
  const confirm = () => {
    if (glyph === null) return queue.skipped > 0 ? queue.goToSkipped() : undefined;
    if (glyph.unusable) return decide("unusable", null);
    if (glyph.reviewed && glyph.label === null) return decide("blank", null);
    if (glyph.label === null) return onSay("This glyph has no label yet: press the key of its character.");
    decide("class", glyph.label);
  };
  const goBackTo = (id: string | null, decided: boolean) => {
    if (id === null) return onSay(decided ? "Nothing to do again." : "Nothing to take back.");
    onSay("");
    sought.current = id;
    if (queue.goTo(id, { decided })) return;
    // It was decided before a reload or in another way: it is shown here, so that the person sees what was taken back; of several in a row the last.
    getJson(glyphDetailSchema, `/api/glyphs/${encodeURIComponent(id)}`).then(
      (found: GlyphDetail) => sought.current === id && (queue.goTo(id, { decided }) || queue.insert(found)),
      () => onSay("Done, on a glyph that cannot be shown."),
    );
  };

  const run = (id: CommandId) => {
    switch (id) {
      case "confirm":
        return confirm();
      case "unusable":
      case "blank":
        return decide(id, null);
      case "skip":
        return queue.move(1) ? onSay("") : onSay("This is the last one.");
      case "back":
        return queue.move(-1) ? onSay("") : onSay("This is the first one of this visit.");
      case "undo":
        return goBackTo(desk.undo(), false);
      case "redo":
        return goBackTo(desk.redo(), true);
      case "zoom":
        return setLarge(!large);
      case "page":
        return setWhole(!whole);
      case "grid":
        return onAddress({ way: "grid", glyph: null });
      default:
        onCommand(id, glyph === null ? null : briefOf(glyph));
    }
  };
  return { queue, version, failed, retry, glyph, large, whole, decide, run };
}

export type OneReview = ReturnType<typeof useOneReview>;

export function briefOf(glyph: GlyphView): GlyphBrief {
  const { id, label, reviewed, unusable, flag, decidedBy, status, prediction } = glyph;
  return { id, label, reviewed, unusable, flag, decidedBy, status, prediction: prediction?.label ?? null };
}
