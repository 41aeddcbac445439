/**
 * The bits of the four corner marks, by id: 0 top left, 1 top right, 2 bottom right, 3 bottom left. 6 x 6 cells, row-major,
 * 1 = white cell; printed inside a black border one cell wide (8 x 8 cells in all) with a white quiet zone around it.
 *
 * Found by a seeded random search over codes with 18 white cells and 2 to 4 white cells in every row and column: each code
 * differs in at least 18 of 36 bits from every other code under all four turns, and from its own turns. So a reader may accept a
 * mark with up to 8 wrong bits without mistaking id or turn. `tests/unit/card/fiducial-codes.test.ts` recomputes the distances.
 */
export const FIDUCIAL_CODES: readonly (readonly number[])[] = [
  ["110110", "001001", "110101", "100100", "011101", "100010"],
  ["001010", "001110", "110101", "011100", "101010", "010011"],
  ["111100", "010010", "000111", "100001", "101010", "111010"],
  ["100101", "101000", "101100", "010001", "001111", "010111"],
].map((rows) => Array.from(rows.join(""), Number));

/** Cells along one side of the bits, without the border. */
export const FIDUCIAL_BITS = 6;

/** Cells along one side of the printed mark, with its black border. */
export const FIDUCIAL_CELLS = 8;
