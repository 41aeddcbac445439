/** Where a sheet's section lies, by arc length `s` in mm from the sheet's centre: place along the desk, height, slope in radians. */
export type BendCurve = (s: number) => { readonly x: number; readonly z: number; readonly angle: number };

/** Length of a piece, mm: for the tightest crease (60 degrees over 1 mm) the chord differs from the arc by 0.001 mm. */
const STEP_MM = 0.1;
/** The curves go on beyond the sheet's edge by this much, so that the edge itself has neighbours. */
const BEYOND_MM = 8;

/** A section that is level up to `lengthMm` before its end at `reach` and then rises as an arc to `heightMm`. */
export function curlCurve(reach: number, heightMm: number, lengthMm: number): BendCurve {
  // Height of an arc of length l and curvature k: (1 - cos kl) / k, which grows with k up to slopes of 130 degrees.
  let [low, high] = [0, 1.5 / lengthMm];
  for (let i = 0; i < 60; i++) {
    const k = (low + high) / 2;
    if ((1 - Math.cos(k * lengthMm)) / k < Math.abs(heightMm)) low = k;
    else high = k;
  }
  const curvature = Math.sign(heightMm) * low;
  const start = reach - lengthMm;
  return traceCurve(reach, (s) => curvature * Math.max(0, s - start), false);
}

/** A section of constant curvature (1/mm), positive where the ends are up. */
export function rollCurve(reach: number, curvature: number): BendCurve {
  return traceCurve(reach, (s) => curvature * s, true);
}

/** Level pieces between creases, each of which turns the section downwards by its angle over `widthMm`. */
export function foldCurve(reach: number, creases: readonly { atShare: number; angleDeg: number }[], widthMm: number): BendCurve {
  const turns = creases.map(({ atShare, angleDeg }) => ({ at: (2 * atShare - 1) * reach, angle: (angleDeg * Math.PI) / 180 }));
  return traceCurve(
    reach,
    (s) => {
      let slope = 0;
      for (const { at, angle } of turns) slope -= angle * Math.min(1, Math.max(0, (s - at) / widthMm + 0.5));
      return slope;
    },
    true,
  );
}

export function waveCurve(reach: number, waves: { amplitudeMm: number; lengthMm: number; phaseDeg: number }): BendCurve {
  const k = (2 * Math.PI) / waves.lengthMm;
  const phase = (waves.phaseDeg * Math.PI) / 180;
  return traceCurve(reach, (s) => Math.atan(waves.amplitudeMm * k * Math.cos(k * s + phase)), true);
}

/**
 * Integrates a slope along the arc. @param level turn the section so that both of the sheet's ends are equally high (it rests on the
 * desk); else it lies on the desk at -`reach`.
 */
function traceCurve(reach: number, slope: (s: number) => number, level: boolean): BendCurve {
  const start = -reach - BEYOND_MM;
  const count = Math.ceil((2 * (reach + BEYOND_MM)) / STEP_MM) + 1;
  let turn = 0;
  if (level) {
    let [x, z] = [0, 0];
    for (let s = -reach; s < reach; s += STEP_MM) {
      const angle = slope(s + STEP_MM / 2);
      x += Math.cos(angle);
      z += Math.sin(angle);
    }
    turn = -Math.atan2(z, x);
  }
  const xs = new Float64Array(count);
  const zs = new Float64Array(count);
  const angles = new Float64Array(count);
  for (let i = 0; i < count; i++) angles[i] = slope(start + i * STEP_MM) + turn;
  for (let i = 1; i < count; i++) {
    const angle = slope(start + (i - 0.5) * STEP_MM) + turn;
    xs[i] = xs[i - 1] + STEP_MM * Math.cos(angle);
    zs[i] = zs[i - 1] + STEP_MM * Math.sin(angle);
  }
  // The sheet's centre keeps its place along the desk; its lowest point lies on the desk.
  const middle = Math.round((0 - start) / STEP_MM);
  const x0 = xs[middle];
  const [first, last] = [Math.round(BEYOND_MM / STEP_MM), count - 1 - Math.round(BEYOND_MM / STEP_MM)];
  let z0 = Infinity;
  for (let i = first; i <= last; i++) z0 = Math.min(z0, zs[i]);
  return (s) => {
    const t = Math.min(count - 1.000001, Math.max(0, (s - start) / STEP_MM));
    const i = t | 0;
    const f = t - i;
    return {
      x: xs[i] + f * (xs[i + 1] - xs[i]) - x0,
      z: zs[i] + f * (zs[i + 1] - zs[i]) - z0,
      angle: angles[i] + f * (angles[i + 1] - angles[i]),
    };
  };
}
