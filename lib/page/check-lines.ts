import type { QualityProblem } from "./check-registration.ts";
import type { FollowedBend } from "./follow-bend.ts";
import type { PageRegistration } from "./register-page.ts";

/** Below this share of its printed lines nothing was followed: print that vanishes in this light or in this mode, or no card. */
const MIN_VISIBLE = 0.15;
/** Then the marks alone must show that the page is flat. */
const FLAT_RESIDUAL_MM = 0.3;
/** Of a page that a person can read, some fields may lie under a hand or in glare; single fields are judged on their own. */
const MIN_SEEN = 0.5;

/** With two marks and a code the lines must say that the rest of the page was found. */
const MIN_SEEN_OF_TWO = 0.9;
const MIN_EDGES_OF_TWO = 0.6;

/** Whether a card's printed lines, followed over the page, say where its boxes are. Null where they do. */
export function checkLines(registration: PageRegistration, { seenShare, edgesSeen }: FollowedBend): QualityProblem | null {
  const two = registration.used.length < 3;
  if (two ? seenShare >= MIN_SEEN_OF_TWO && edgesSeen >= MIN_EDGES_OF_TWO : seenShare >= MIN_SEEN) return null;
  if (two)
    return {
      code: "fiducials-missing",
      message:
        "Only two of the card's four corner marks can be seen, and its printed lines do not show where the rest of it lies. Scan the whole page, with nothing lying on its corners.",
    };
  if (seenShare < MIN_VISIBLE && registration.used.length === 4 && registration.residualPx <= FLAT_RESIDUAL_MM * registration.pxPerMm)
    return null;
  return {
    code: "low-quality",
    message: `Only ${Math.round(100 * seenShare)} % of the card's printed lines can be found: the page is crumpled, covered, blurred or too dark. Lay it flat in even light, and scan or photograph it again.`,
  };
}
