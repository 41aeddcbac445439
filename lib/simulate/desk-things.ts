import type { Rng } from "../core/rng.ts";

export const COVERS = ["finger", "coin", "pen", "note"] as const;
const CLUTTER = ["pen", "coin", "note", "paper", "cup", "phone", "ruler", "cable"] as const;
export type ThingKind = (typeof COVERS)[number] | (typeof CLUTTER)[number];

/**
 * A thing on the desk or on a page, seen from above. `look(along, across)`, in mm from its middle (of a finger: its tip), writes its
 * colour (paper 255) and returns how far inside its outline the place lies, negative outside.
 */
export interface Thing {
  readonly kind: ThingKind;
  readonly xMm: number;
  readonly yMm: number;
  readonly turnDeg: number;
  /** It lies within this circle about its middle. */
  readonly reachMm: number;
  /** Its shadow falls this far. */
  readonly heightMm: number;
  readonly look: (along: number, across: number, rgb: [number, number, number]) => number;
}

type Colour = readonly [number, number, number];
const SKINS: readonly Colour[] = [
  [232, 190, 172],
  [205, 155, 125],
  [141, 96, 68],
  [88, 60, 46],
];
const PLASTICS: readonly Colour[] = [
  [30, 30, 34],
  [36, 62, 150],
  [178, 34, 40],
  [222, 222, 218],
  [240, 196, 40],
  [52, 132, 72],
];

/** A thing of ordinary size (a coin 16 to 26 mm across, a finger 14 to 20 mm wide, a pen 8 to 11 mm); its middle at (`xMm`, `yMm`). */
export function buildThing(kind: ThingKind, at: { xMm: number; yMm: number; turnDeg: number }, rng: Rng): Thing {
  return { kind, ...at, ...shapeThing(kind, rng) };
}

/** Things beside the sheets, anywhere within `roomMm` of the origin but not with their middle within a `clear` circle. */
export function scatterThings(count: number, roomMm: number, clear: readonly { x: number; y: number; r: number }[], rng: Rng): Thing[] {
  const things: Thing[] = [];
  for (let i = 0; i < count; i++) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const xMm = rng.between(-roomMm, roomMm);
      const yMm = rng.between(-roomMm, roomMm);
      if (clear.some(({ x, y, r }) => Math.hypot(xMm - x, yMm - y) < r)) continue;
      things.push(buildThing(CLUTTER[rng.int(CLUTTER.length)], { xMm, yMm, turnDeg: rng.between(0, 360) }, rng));
      break;
    }
  }
  return things;
}

function shapeThing(kind: ThingKind, rng: Rng): Pick<Thing, "look" | "reachMm" | "heightMm"> {
  const plastic = PLASTICS[rng.int(PLASTICS.length)];
  switch (kind) {
    case "finger": {
      const skin = SKINS[rng.int(SKINS.length)];
      const radius = rng.between(7, 10);
      return {
        reachMm: 110,
        heightMm: 5,
        look: (along, across, rgb) => {
          // A round tip at the origin, the finger goes back along the negative axis and widens a little.
          const width = radius + Math.min(0, along) * -0.02;
          const distance = Math.hypot(Math.max(0, along + radius), across);
          const round = Math.sqrt(Math.max(0, 1 - (distance / width) ** 2));
          const nail = along > -radius - 5 && along < -2.5 && Math.abs(across) < radius * 0.6 ? 1.08 : 1;
          paint(rgb, skin, (0.62 + 0.38 * round) * nail);
          return along < -105 ? -1 : width - distance;
        },
      };
    }
    case "coin": {
      const radius = rng.between(8, 13);
      const metal: Colour = rng.float() < 0.5 ? [188, 186, 180] : [178, 132, 82];
      return {
        reachMm: radius + 1,
        heightMm: 2,
        look: (along, across, rgb) => {
          const distance = Math.hypot(along, across);
          const relief = Math.sin(along * 1.9) * Math.sin(across * 2.3 + along);
          paint(rgb, metal, radius - distance < 1 ? 1.15 : 0.85 + 0.14 * relief);
          return radius - distance;
        },
      };
    }
    case "pen": {
      const radius = rng.between(4, 5.5);
      const half = rng.between(62, 72);
      return { reachMm: half + 2, heightMm: 4, look: capsule(half, radius, plastic, true) };
    }
    case "cable":
      return {
        reachMm: 160,
        heightMm: 4,
        look: (along, across, rgb) => {
          paint(rgb, plastic, 1);
          return Math.abs(along) > 150 ? -1 : 2 - Math.abs(across - 12 * Math.sin(along / 25));
        },
      };
    case "note":
      return { reachMm: 56, heightMm: 1, look: rectangle(38, 38, rng.float() < 0.7 ? [252, 232, 110] : [246, 160, 190], null) };
    case "paper":
      return { reachMm: 184, heightMm: 1, look: rectangle(105, 148.5, [250, 250, 248], { pitch: 7, thick: 1.8, level: 0.45 }) };
    case "ruler":
      return { reachMm: 153, heightMm: 2, look: rectangle(150, 15, [226, 206, 150], { pitch: 10, thick: 0.5, level: 0.3 }) };
    case "phone":
      return { reachMm: 87, heightMm: 8, look: rectangle(77, 37, [20, 20, 24], null) };
    case "cup": {
      const radius = rng.between(38, 45);
      return {
        reachMm: radius + 1,
        heightMm: 30,
        look: (along, across, rgb) => {
          const distance = Math.hypot(along, across);
          paint(rgb, distance < radius - 4 ? [58, 34, 20] : [238, 238, 234], 1);
          return radius - distance;
        },
      };
    }
  }
}

function paint(rgb: [number, number, number], colour: Colour, light: number): void {
  for (let c = 0; c < 3; c++) rgb[c] = colour[c] * light;
}

function capsule(half: number, radius: number, colour: Colour, isRound: boolean): Thing["look"] {
  return (along, across, rgb) => {
    const distance = Math.hypot(Math.max(0, Math.abs(along) - half + radius), across);
    paint(rgb, colour, isRound ? 0.5 + 0.7 * Math.sqrt(Math.max(0, 1 - (across / radius + 0.3) ** 2)) : 1);
    return radius - distance;
  };
}

/** Half sides in mm; `lines` across its length: their pitch and thickness in mm, their level over the colour's. */
function rectangle(
  halfX: number,
  halfY: number,
  colour: Colour,
  lines: { pitch: number; thick: number; level: number } | null,
): Thing["look"] {
  return (along, across, rgb) => {
    const inLine = lines && (along + 1000) % lines.pitch < lines.thick && Math.abs(across) < halfY * 0.85 && Math.abs(along) < halfX * 0.9;
    paint(rgb, colour, inLine ? lines.level : 1);
    return Math.min(halfX - Math.abs(along), halfY - Math.abs(across));
  };
}
