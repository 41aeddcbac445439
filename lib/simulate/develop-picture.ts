import type { Rng } from "../core/rng.ts";
import { expose } from "./expose.ts";
import { blurThroughLens } from "./lens-blur.ts";
import { castGlare, castShadow } from "./light-effects.ts";
import { buildLightField } from "./light-field.ts";
import type { Canvas } from "./paint-sheet.ts";
import { processPicture } from "./process-picture.ts";
import type { Range, Scene } from "./scene.ts";

type Gains = readonly [number, number, number];

/** A screen's light is bluer than daylight's white balance expects. */
const SCREEN_GAINS: Gains = [0.93, 0.99, 1.07];

/** From what lies before the lens to the camera's bytes: optics, exposure, the phone's processing. */
export function developPicture(canvas: Canvas, scene: Scene, rng: Rng): { data: Uint8Array; blurPx: number } {
  const draw = (range: Range): number => rng.between(range[0], range[1]);
  const { widthPx, heightPx } = scene;
  const blurPx = draw(scene.blurPx);
  const motionPx = draw(scene.motionPx);
  const motionAngle = rng.between(0, 2 * Math.PI);
  const seen = blurThroughLens(canvas, {
    sigma: blurPx,
    defocus: scene.defocusPx ? tiltFocus(draw(scene.defocusPx), scene, rng) : null,
    linearLight: scene.linearLight ?? false,
    motion: [motionPx * Math.cos(motionAngle), motionPx * Math.sin(motionAngle)],
  });
  const warmth = rng.between(-1, 1) * scene.tint;
  const balance: Gains = [1 + warmth, 1 - 0.2 * Math.abs(warmth), 1 - warmth];
  const base = multiply(scene.screen ? multiply(balance, SCREEN_GAINS) : balance, drawGains(scene.cast, draw));
  const second = scene.secondCast ? multiply(balance, drawGains(scene.secondCast, draw)) : base;
  const banding = scene.screen ? draw(scene.screen.banding) : 0;
  expose(seen, {
    paper: draw(scene.paperLevel),
    gains: rng.float() < 0.5 ? [base, second] : [second, base],
    light: buildLightField(
      widthPx,
      heightPx,
      { gradient: draw(scene.gradient), shadow: draw(scene.shadow), vignetting: scene.vignetting },
      rng,
    ),
    shadow: scene.hardShadow
      ? castShadow(widthPx, heightPx, { depth: draw(scene.hardShadow.depth), softPx: draw(scene.hardShadow.softPx) }, rng)
      : null,
    glare: scene.glare
      ? castGlare(widthPx, heightPx, { strength: draw(scene.glare.strength), radius: draw(scene.glare.radius) }, rng)
      : null,
    banding: banding > 0 ? { depth: banding, periodPx: heightPx * rng.between(0.1, 0.6), phase: rng.between(0, 6.28) } : null,
    noise: scene.noise,
    chromaNoise: scene.chromaNoise ? draw(scene.chromaNoise) : 0,
    rng,
  });
  const finished = processPicture(seen, {
    denoise: scene.denoise ? draw(scene.denoise) : 0,
    // Two and a half standard deviations keep most of a surface's own noise together.
    denoiseLevels: 2.5 * scene.noise + 4,
    sharpen: scene.sharpen ? draw(scene.sharpen.amount) : 0,
    sharpenPx: scene.sharpen ? draw(scene.sharpen.px) : 0,
  });
  return { data: new Uint8Array(finished.data.buffer), blurPx };
}

/** A line through the frame's middle half is in focus; the frame's farthest corner gets `worst` px. */
function tiltFocus(worst: number, { widthPx, heightPx }: Scene, rng: Rng): [number, number, number] {
  const angle = rng.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const x = widthPx * rng.between(0.25, 0.75);
  const y = heightPx * rng.between(0.25, 0.75);
  const farthest = Math.max(
    ...[0, widthPx].flatMap((cornerX) => [0, heightPx].map((cornerY) => Math.abs((cornerX - x) * cos + (cornerY - y) * sin))),
  );
  const slope = worst / farthest;
  return [slope * cos, slope * sin, -slope * (x * cos + y * sin)];
}

function drawGains(cast: readonly [Range, Range, Range] | undefined, draw: (range: Range) => number): Gains {
  return cast ? [draw(cast[0]), draw(cast[1]), draw(cast[2])] : [1, 1, 1];
}

function multiply(a: Gains, b: Gains): Gains {
  return [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
}
