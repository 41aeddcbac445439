import type { GlyphBrief } from "../desk/glyph-mark.ts";
import type { ReviewDesk } from "../desk/review-desk.ts";
import type { CommandId } from "../keys/commands.ts";
import type { ReviewAddress } from "./review-address.ts";

/** Another address; as a function where it depends on the one before, which keys pressed fast may have changed since the screen was drawn. */
export type AddressChange = Partial<ReviewAddress> | ((now: ReviewAddress) => Partial<ReviewAddress>);

/** What each of the three ways is given by the screen around it. */
export interface WayProps {
  readonly slug: string;
  readonly address: ReviewAddress;
  readonly desk: ReviewDesk;
  /** Grows with every decision and every answer: what is shown depends on it. */
  readonly version: number;
  /** The server has everything. */
  readonly saved: boolean;
  /** The characters that glyphs here can be, in order. */
  readonly classes: readonly string[];
  /** The collection has no glyphs at all. */
  readonly bare: boolean;
  readonly onAddress: (next: AddressChange) => void;
  /** Says something in the line above the glyphs; read out too. */
  readonly onSay: (words: string) => void;
  /** Commands that are the same in every way, for the glyph under the cursor. */
  readonly onCommand: (id: CommandId, glyph: GlyphBrief | null) => void;
  /** How many glyphs wait here, or are shown where none waits; null before that is known. */
  readonly onCount: (count: number | null) => void;
}
