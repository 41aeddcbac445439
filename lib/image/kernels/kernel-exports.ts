/** What lib/image/kernels/wasm/index.ts exports. Addresses are bytes from the start of the memory. */
export interface KernelExports {
  freeFrom(): number;
  halveRows(out: number, data: number, width: number, rows: number, stride: number): void;
  blockRow(mins: number, means: number, data: number, blocks: number, stride: number): void;
  inkRow(
    out: number,
    data: number,
    above: number,
    here: number,
    below: number,
    level: number,
    limits: number,
    scratch: number,
    blocks: number,
    rows: number,
    stride: number,
  ): void;
  inkShape(
    data: number,
    width: number,
    height: number,
    starts: number,
    ends: number,
    parents: number,
    areas: number,
    columns: number,
    out: number,
    leastHole: number,
  ): void;
  meanRow(
    out: number,
    data: number,
    coming: number,
    going: number,
    columns: number,
    sums: number,
    width: number,
    reach: number,
    rows: number,
    ratio: number,
  ): void;
  lineMasses(
    records: number,
    count: number,
    masses: number,
    scratch: number,
    along: number,
    across: number,
    depth: number,
    share: number,
  ): void;
  lineFree(masses: number, free: number, n: number, least: number, most: number): void;
  lineSums(records: number, count: number, free: number, sums: number, scratch: number, along: number, across: number, depth: number): void;
  lineCounts(
    records: number,
    count: number,
    free: number,
    levels: number,
    counts: number,
    along: number,
    across: number,
    depth: number,
    perPx: number,
    bins: number,
  ): void;
  linePlaces(masses: number, places: number, n: number, most: number): void;
  lineTable(lows: number, usuals: number, kinds: number, table: number, bins: number, clear: number, hidden: number): void;
  subtractLines(
    data: number,
    hidden: number,
    level: number,
    records: number,
    count: number,
    kinds: number,
    table: number,
    firstBin: number,
    lastBin: number,
    reach: number,
    perPx: number,
    bit: number,
    along: number,
    across: number,
    depth: number,
    blockAlong: number,
    blockAcross: number,
  ): void;
  lineStrokes(
    ink: number,
    hidden: number,
    knots: number,
    knotCount: number,
    top: number,
    bottom: number,
    up: number,
    down: number,
    start: number,
    end: number,
    bit: number,
    other: number,
    longest: number,
    along: number,
    across: number,
    depth: number,
  ): number;
  markBand(
    band: number,
    knots: number,
    knotCount: number,
    start: number,
    end: number,
    half: number,
    along: number,
    across: number,
    depth: number,
  ): void;
  clearHidden(ink: number, hidden: number, n: number): void;
  measureRuns(
    gray: number,
    band: number,
    width: number,
    level: number,
    blocksX: number,
    firstRun: number,
    rows: number,
    starts: number,
    ends: number,
    count: number,
    contrasts: number,
    banded: number,
  ): void;
  normalizeInk(data: number, width: number, height: number, table: number, cells: number, image: number): number;
  pieceProfile(
    data: number,
    width: number,
    height: number,
    ax: number,
    ay: number,
    bx: number,
    by: number,
    cx: number,
    cy: number,
    dx: number,
    dy: number,
    count: number,
    samples: number,
    out: number,
  ): void;
  listRuns(data: number, width: number, rows: number, starts: number, ends: number, firstOfRow: number, before: number): number;
  countRuns(data: number, width: number, rows: number, counts: number, longest: number): void;
  joinRuns(
    starts: number,
    ends: number,
    firstOfRow: number,
    height: number,
    parents: number,
    next: number,
    firstRun: number,
    boxes: number,
    rows: number,
    sortedStarts: number,
    sortedEnds: number,
  ): number;
  smallNet(
    x: number,
    w1: number,
    b1: number,
    w2: number,
    b2: number,
    out: number,
    list: number,
    units: number,
    inputs: number,
    hidden: number,
    outputs: number,
  ): void;
  sumsAcross(data: number, n: number, count: number, along: number, across: number, sums: number, squares: number): void;
  textLight(
    data: number,
    width: number,
    height: number,
    level: number,
    blocksX: number,
    left: number,
    above: number,
    fx: number,
    fy: number,
    columns: number,
    rows: number,
    out: number,
  ): void;
  textMedian(grids: number, stride: number, count: number, cells: number, rank: number, least: number, out: number): void;
  textReach(print: number, low: number, clear: number, columns: number, rows: number, light: number): void;
  subtractText(
    gray: number,
    hidden: number,
    width: number,
    height: number,
    level: number,
    blocksX: number,
    print: number,
    low: number,
    clear: number,
    columns: number,
    rows: number,
    left: number,
    top: number,
    fx: number,
    fy: number,
    light: number,
    least: number,
    bit: number,
  ): void;
  hideDark(
    original: number,
    gray: number,
    hidden: number,
    width: number,
    level: number,
    blocksX: number,
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    bit: number,
  ): void;
  hasInk(ink: number, width: number, x0: number, y0: number, x1: number, y1: number): number;
  bridgedPx(
    ink: number,
    hidden: number,
    width: number,
    height: number,
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    bit: number,
    ways: number,
    directions: number,
    found: number,
  ): number;
  insideRuns(steps: number, runs: number, right: number, bottom: number): number;
  viewBox(data: number, width: number, height: number, view: number, side: number, scale: number, columns: number, besides: number): void;
  warpRow(out: number, data: number, steps: number, runs: number, stride: number): void;
  meshRuns(steps: number, upper: number, lower: number, runs: number, share: number, perRun: number, snap: number): void;
}
