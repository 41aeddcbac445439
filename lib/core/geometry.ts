/** An axis-parallel rectangle `[x, y, width, height]`; x right, y down. Its unit is the owner's: mm on a card, px in an image. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** A point; pixel centres lie at +0.5. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
