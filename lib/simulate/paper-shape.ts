import { assertArgument } from "../core/assert.ts";
import { type BendCurve, curlCurve, foldCurve, rollCurve, waveCurve } from "./bend-curve.ts";

/**
 * One bend of a sheet. Paper bends and does not stretch, so each is a curve along one direction of the sheet, by arc length, carried
 * straight across it (a developable surface). Directions are in the page: 0 degrees to its right edge, 90 to its foot.
 */
export type Bend =
  /** One side or corner lifts off the desk, as an arc of a circle. `towardsDeg` 0 right edge, 90 foot, 45 the lower right corner. */
  | {
      readonly kind: "curl";
      readonly towardsDeg: number;
      /** Height of the farthest point above the desk: 3 to 30. */
      readonly heightMm: number;
      /** How much of the sheet lifts, along it from that farthest point: 30 to 200. */
      readonly lengthMm: number;
    }
  /** The whole sheet is a piece of a cylinder (it was rolled, or is a page of a book). `acrossDeg`: the direction along which it bends. */
  | {
      readonly kind: "roll";
      readonly acrossDeg: number;
      /** 120 (a page at a book's spine) to 1500 (barely to be seen). */
      readonly radiusMm: number;
      /** The middle higher than the edges, or lower. */
      readonly up: "middle" | "edges";
    }
  /** Creases across one direction (a letter's folds), the paper level between them. */
  | {
      readonly kind: "fold";
      readonly acrossDeg: number;
      /** `atShare` along the sheet's extent in that direction (0.5 the middle); what is left of the fold: positive a ridge; 3 to 40. */
      readonly creases: readonly { readonly atShare: number; readonly angleDeg: number }[];
      /** Length along the paper over which the crease turns. Default 1.2. */
      readonly widthMm?: number;
    }
  /** Gentle waves: paper that was damp. Half the height from trough to crest: 0.3 to 3; crest to crest 40 to 200. */
  | {
      readonly kind: "waves";
      readonly acrossDeg: number;
      readonly amplitudeMm: number;
      readonly lengthMm: number;
      readonly phaseDeg: number;
    };

/** Bends one after the other; [] lies flat. */
export type PaperShape = readonly Bend[];

/** A place of the sheet, mm from its centre, to a place over the desk: x and y as before the bends, z up. */
export type Surface = (xMm: number, yMm: number) => readonly [x: number, y: number, z: number];

/**
 * The surface of a bent sheet. A bend after the first bends what the others left (exact while these are small against its radius).
 * @throws InkformError `invalid-argument` for a bend that paper could not do.
 */
export function buildSurface(shape: PaperShape, widthMm: number, heightMm: number): Surface {
  const bends = shape.map((bend) => {
    const degrees = bend.kind === "curl" ? bend.towardsDeg : bend.acrossDeg;
    const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const reach = (Math.abs(dx) * widthMm + Math.abs(dy) * heightMm) / 2;
    return { dx, dy, curve: buildCurve(bend, reach) };
  });
  return (xMm, yMm) => {
    let [x, y, z] = [xMm, yMm, 0];
    for (const { dx, dy, curve } of bends) {
      const along = x * dx + y * dy;
      const at = curve(along);
      const moved = at.x - z * Math.sin(at.angle) - along;
      x += moved * dx;
      y += moved * dy;
      z = at.z + z * Math.cos(at.angle);
    }
    return [x, y, z];
  };
}

function buildCurve(bend: Bend, reach: number): BendCurve {
  switch (bend.kind) {
    case "curl":
      assertArgument(
        bend.lengthMm > 0 && Math.abs(bend.heightMm) < 0.45 * bend.lengthMm,
        `a curl's height must be less than 0.45 of its length (a slope of 57 degrees at its end), got ${bend.heightMm} over ${bend.lengthMm} mm`,
      );
      return curlCurve(reach, bend.heightMm, bend.lengthMm);
    case "roll":
      assertArgument(bend.radiusMm > reach, `a roll's radius must exceed half the sheet, ${reach} mm, got ${bend.radiusMm}`);
      return rollCurve(reach, bend.up === "middle" ? -1 / bend.radiusMm : 1 / bend.radiusMm);
    case "fold":
      for (const { angleDeg } of bend.creases)
        assertArgument(Math.abs(angleDeg) <= 60, `a fold's angle must be within 60 degrees, got ${angleDeg}`);
      return foldCurve(reach, bend.creases, bend.widthMm ?? 1.2);
    case "waves":
      assertArgument(
        2 * Math.PI * bend.amplitudeMm < 0.7 * bend.lengthMm,
        `waves of ${bend.amplitudeMm} mm need a length of ${9 * bend.amplitudeMm} mm or more, got ${bend.lengthMm}`,
      );
      return waveCurve(reach, bend);
  }
}
