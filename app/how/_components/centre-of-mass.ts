/** Row and column of the mean of an image's ink (28 x 28 bytes), px; a pixel's middle lies at + 0.5. */
export function centreOfMass(image: Uint8Array): { row: number; column: number } {
  let sum = 0;
  let row = 0;
  let column = 0;
  image.forEach((value, k) => {
    sum += value;
    row += value * (Math.floor(k / 28) + 0.5);
    column += value * ((k % 28) + 0.5);
  });
  return { row: row / sum, column: column / sum };
}
