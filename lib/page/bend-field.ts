/** How far a card's print lies from where a homography puts it, mm right and down, as uniform cubic B-splines over the page. */
export interface BendField {
  readonly cellMm: number;
  /** The splines' cells along x and y; the first begins at -`cellMm`. */
  readonly columns: number;
  readonly rows: number;
  /** (columns + 3) * (rows + 3) coefficients in mm, row-major. */
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/** At a place of the card (mm), the offset along one axis (mm) as seen there; weight 1 stands for a standard deviation of 0.1 mm. */
export interface BendSample {
  readonly x: number;
  readonly y: number;
  readonly axis: "x" | "y";
  readonly offset: number;
  readonly weight: number;
}

/** Wide enough for a printed line or two to a cell, narrow enough to follow a crease to a quarter of a mm. */
const CELL_MM = 15;
/** A coefficient's second difference of 0.3 mm in cells of 15 mm (a sheet bulging by 5 mm, or a crease) costs as much as one line 0.1 mm off. */
const STIFFNESS = 0.11;
/** Samples farther off than this from the smooth fit count little (Cauchy's weight): strokes, a neighbour's line. */
const OUTLIER_MM = 0.25;

/** The field that is nought everywhere. */
function flatField(widthMm: number, heightMm: number, cellMm: number): BendField {
  const columns = Math.ceil(widthMm / cellMm) + 2;
  const rows = Math.ceil(heightMm / cellMm) + 2;
  const size = (columns + 3) * (rows + 3);
  return { cellMm, columns, rows, dx: new Float64Array(size), dy: new Float64Array(size) };
}

/**
 * The smooth field nearest to the samples: least squares with second differences as the penalty (P-splines, Eilers and Marx 1996), so
 * that it goes on straight where there are no samples; reweighted `rounds` - 1 times against outliers.
 */
export function fitBend(
  samples: readonly BendSample[],
  page: { widthMm: number; heightMm: number },
  {
    cellMm = CELL_MM,
    rounds = 3,
    stiffness = STIFFNESS * (CELL_MM / cellMm) ** 4,
    outlierMm = OUTLIER_MM,
  }: { cellMm?: number; rounds?: number; stiffness?: number; outlierMm?: number } = {},
): BendField {
  const field = flatField(page.widthMm, page.heightMm, cellMm);
  for (const axis of ["x", "y"] as const) {
    const own = samples.filter((sample) => sample.axis === axis);
    if (own.length > 0) fitAxis(field, own, axis === "x" ? field.dx : field.dy, { rounds, stiffness, outlierMm });
  }
  return field;
}

/** [dx, dy] in mm at a place of the card; beyond the page as at its nearest point. */
export function evaluateBend(field: BendField, x: number, y: number): [number, number] {
  const wx = new Float64Array(4);
  const wy = new Float64Array(4);
  const i = basis(x / field.cellMm, field.columns, wx);
  const j = basis(y / field.cellMm, field.rows, wy);
  const stride = field.columns + 3;
  let dx = 0;
  let dy = 0;
  for (let r = 0; r < 4; r++) {
    const at = (j + r) * stride + i;
    for (let c = 0; c < 4; c++) {
      const w = wy[r] * wx[c];
      dx += w * field.dx[at + c];
      dy += w * field.dy[at + c];
    }
  }
  return [dx, dy];
}

/** The cell and the four weights of the uniform cubic B-spline at a coordinate in cells. */
function basis(place: number, cells: number, out: Float64Array): number {
  const u = Math.min(cells - 1e-9, Math.max(0, place + 1));
  const i = Math.floor(u);
  const t = u - i;
  const s = 1 - t;
  out[0] = (s * s * s) / 6;
  out[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
  out[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
  out[3] = (t * t * t) / 6;
  return i;
}

function fitAxis(
  field: BendField,
  samples: readonly BendSample[],
  coefficients: Float64Array,
  { rounds, stiffness, outlierMm }: { rounds: number; stiffness: number; outlierMm: number },
): void {
  const stride = field.columns + 3;
  const n = coefficients.length;
  const band = 3 * stride + 4;
  const penalty = buildPenalty(stride, field.rows + 3, band, stiffness);
  const places = samples.map(({ x, y }) => {
    const wx = new Float64Array(4);
    const wy = new Float64Array(4);
    const first = basis(y / field.cellMm, field.rows, wy) * stride + basis(x / field.cellMm, field.columns, wx);
    return { first, weights: Float64Array.from({ length: 16 }, (_, k) => wy[k >> 2] * wx[k & 3]) };
  });
  for (let round = 0; round < rounds; round++) {
    const matrix = penalty.slice();
    const right = new Float64Array(n);
    samples.forEach(({ offset, weight }, k) => {
      const { first, weights } = places[k];
      let off = 0;
      for (let a = 0; a < 16; a++) off += weights[a] * coefficients[first + (a >> 2) * stride + (a & 3)];
      const w = round === 0 ? weight : weight / (1 + ((offset - off) / outlierMm) ** 2);
      for (let a = 0; a < 16; a++) {
        const row = first + (a >> 2) * stride + (a & 3);
        right[row] += w * weights[a] * offset;
        for (let b = 0; b <= a; b++) matrix[row * band + row - (first + (b >> 2) * stride + (b & 3))] += w * weights[a] * weights[b];
      }
    });
    solveBanded(matrix, right, band);
    coefficients.set(right);
  }
}

/** Sums of products of the second differences along x, y and both, as the lower band of a symmetric matrix: [row, row - column]. */
function buildPenalty(columns: number, rows: number, band: number, stiffness: number): Float64Array {
  const matrix = new Float64Array(columns * rows * band);
  const add = (terms: readonly (readonly [index: number, factor: number])[], weight: number): void => {
    for (const [a, fa] of terms) for (const [b, fb] of terms) if (a >= b) matrix[a * band + a - b] += weight * fa * fb;
  };
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = j * columns + i;
      // Holds what no sample reaches.
      matrix[at * band] += 1e-6;
      if (i > 1) add([[at - 2, 1], [at - 1, -2], [at, 1]], stiffness); // biome-ignore format: one row a difference
      if (j > 1) add([[at - 2 * columns, 1], [at - columns, -2], [at, 1]], stiffness); // biome-ignore format: as above
      if (i > 0 && j > 0) add([[at, 1], [at - 1, -1], [at - columns, -1], [at - columns - 1, 1]], 2 * stiffness); // biome-ignore format: as above
    }
  }
  return matrix;
}

/** Cholesky's decomposition of a positive definite band matrix (lower band, as above), and both substitutions; `right` becomes the solution. */
function solveBanded(matrix: Float64Array, right: Float64Array, band: number): void {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    const from = Math.max(0, i - band + 1);
    for (let j = from; j <= i; j++) {
      let sum = matrix[i * band + i - j];
      for (let a = i * band + i - j + 1, b = j * band + 1, left = j - from; left > 0; a++, b++, left--) sum -= matrix[a] * matrix[b];
      matrix[i * band + i - j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j * band];
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = right[i];
    for (let k = Math.max(0, i - band + 1); k < i; k++) sum -= matrix[i * band + i - k] * right[k];
    right[i] = sum / matrix[i * band];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i];
    for (let k = i + 1; k < Math.min(n, i + band); k++) sum -= matrix[k * band + k - i] * right[k];
    right[i] = sum / matrix[i * band];
  }
}
