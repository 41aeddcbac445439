import type { Point } from "../core/geometry.ts";

/** A place over the desk: mm, z up. */
export type Place3 = readonly [x: number, y: number, z: number];

export interface Aim {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly tiltDeg: number;
  /** Clockwise, of the whole desk. */
  readonly turnDeg: number;
  /** Direction in which the camera is tilted, in the picture. */
  readonly towardsDeg: number;
  readonly fill: number;
  /** Of the lens from the desk's origin. */
  readonly distanceMm: number;
  readonly distortion: number;
  /** Where what is to be seen lies in the room that the frame leaves: 0 left or top, 1 right or foot. */
  readonly room: readonly [number, number];
  /** Then moved by this many px. */
  readonly shiftPx: readonly [number, number];
}

export interface AimedCamera {
  /** Desk mm to picture px, without the lens's distortion. */
  readonly pinhole: (place: Place3) => Point;
  /** The same with it. */
  readonly project: (place: Place3) => Point;
  /** Distance along the optical axis, mm. */
  readonly depth: (place: Place3) => number;
  /** Picture px in a mm at the desk's origin. */
  readonly pxPerMm: number;
}

/** A pinhole camera with radial distortion that looks at the desk's origin and is moved and zoomed until `seen` fills the frame. */
export function aimCamera(aim: Aim, seen: readonly Place3[]): AimedCamera {
  const radians = Math.PI / 180;
  const [ct, st] = [Math.cos(aim.turnDeg * radians), Math.sin(aim.turnDeg * radians)];
  const [ca, sa] = [Math.cos(aim.towardsDeg * radians), Math.sin(aim.towardsDeg * radians)];
  const [cosTilt, sinTilt] = [Math.cos(aim.tiltDeg * radians), Math.sin(aim.tiltDeg * radians)];
  const look = ([x, y, z]: Place3): [number, number, number] => {
    const turnedX = x * ct - y * st;
    const turnedY = x * st + y * ct;
    // Along the tilt's direction the desk recedes; what stands up from it comes nearer and moves away from the viewer's foot.
    const along = turnedX * ca + turnedY * sa;
    const across = turnedY * ca - turnedX * sa;
    const depth = aim.distanceMm + along * sinTilt - z * cosTilt;
    const shortened = along * cosTilt + z * sinTilt;
    return [(shortened * ca - across * sa) / depth, (shortened * sa + across * ca) / depth, depth];
  };
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const place of seen) {
    const [x, y] = look(place);
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  const scale = aim.fill * Math.min(aim.widthPx / (maxX - minX), aim.heightPx / (maxY - minY));
  const offX = (aim.widthPx - scale * (maxX - minX)) * aim.room[0] - scale * minX + aim.shiftPx[0];
  const offY = (aim.heightPx - scale * (maxY - minY)) * aim.room[1] - scale * minY + aim.shiftPx[1];
  const pinhole = (place: Place3): Point => {
    const [x, y] = look(place);
    return { x: x * scale + offX, y: y * scale + offY };
  };
  return {
    pinhole,
    project: (place) => distort(pinhole(place), aim, aim.distortion),
    depth: (place) => look(place)[2],
    pxPerMm: scale / aim.distanceMm,
  };
}

/** Where a lens of distortion `k` shows what would be at `p` (see `Lens` in render-view.ts): the inverse, by fixed-point steps. */
export function distort(p: Point, frame: { readonly widthPx: number; readonly heightPx: number }, k: number): Point {
  const radius = Math.hypot(frame.widthPx, frame.heightPx) / 2;
  const x = p.x - frame.widthPx / 2;
  const y = p.y - frame.heightPx / 2;
  let bulge = 1;
  for (let i = 0; i < 12; i++) bulge = 1 + (k * (x * x + y * y)) / (bulge * bulge * radius * radius);
  return { x: frame.widthPx / 2 + x / bulge, y: frame.heightPx / 2 + y / bulge };
}
