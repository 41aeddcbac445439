import type { Rng } from "../../../lib/core/rng.ts";
import { describeEncoding, type Encoding, encodePicture } from "../../../lib/server/codec/encode-picture.ts";
import { photographPages, type SceneShot } from "../../../lib/simulate/photograph-pages.ts";
import { scanPage } from "../../../lib/simulate/scan-page.ts";
import type { Scanner } from "../../../lib/simulate/scanners.ts";
import type { Scene, Sheet } from "../../../lib/simulate/scene.ts";
import type { CorpusContext, CorpusKind, CorpusPage, Picture } from "./corpus-kind.ts";
import { type FilledSheet, fillSheet, type SheetOptions } from "./fill-sheet.ts";
import type { Project } from "./score-boxes.ts";

export interface Shot {
  readonly image: Picture;
  /** From px of what was photographed or scanned. */
  readonly project: Project;
  readonly drawn: string;
}

/** Takes a picture of a sheet of paper, `pxPerMm` of it in x and y. */
export type Device = (paper: Picture, pxPerMm: readonly [number, number], rng: Rng) => Shot;

/** What lies on the desk or the glass: the filled page's raster, and where a point of it lies there. */
export interface Paper {
  readonly image: Picture;
  readonly project: Project;
  /** Default: the filled page's. */
  readonly pxPerMm?: readonly [number, number];
}

export interface Trouble {
  readonly about: string;
  /** Default true. */
  readonly readable?: boolean;
  readonly sheet?: SheetOptions | ((context: CorpusContext) => SheetOptions);
  /** What happens to the filled page before a picture is taken. */
  readonly paper?: (sheet: FilledSheet, rng: Rng) => Paper | Promise<Paper>;
  readonly device: (context: CorpusContext, sheet: FilledSheet) => Device;
  /** Default: JPEG of quality 60 to 92. */
  readonly encoding?: (rng: Rng) => Encoding;
}

/** A kind of one page of a card a picture. */
export function oneSheet(trouble: Trouble): CorpusKind {
  return {
    about: trouble.about,
    readable: trouble.readable ?? true,
    make: async (context): Promise<CorpusPage> => {
      const options = typeof trouble.sheet === "function" ? trouble.sheet(context) : (trouble.sheet ?? {});
      const sheet = await fillSheet(context, options);
      const { rng } = context;
      const paper = (await trouble.paper?.(sheet, rng)) ?? { image: sheet.image, project: (point) => point };
      const shot = trouble.device(context, sheet)(paper.image, paper.pxPerMm ?? sheet.truth.pxPerMm, rng);
      const { image } = shot;
      const encoding = (trouble.encoding ?? jpeg(60, 92))(rng);
      const { card, pageIndex, truth } = sheet;
      return {
        file: await encodePicture(image, encoding),
        sheets: [{ card, pageIndex, truth, project: (point) => shot.project(paper.project(point)) }],
        drawn: `${sheet.drawn}; ${shot.drawn}; ${image.width} x ${image.height}, ${describeEncoding(encoding)}`,
      };
    },
  };
}

/** A kind of a page that is no card. */
export function otherPage(
  about: string,
  draw: (context: CorpusContext) => Promise<Picture>,
  how: { device: (context: CorpusContext) => Device; encoding?: (rng: Rng) => Encoding; pxPerMm?: number },
): CorpusKind {
  return {
    about,
    readable: false,
    make: async (context) => {
      const { rng } = context;
      const pxPerMm = how.pxPerMm ?? 300 / 25.4;
      const shot = how.device(context)(await draw(context), [pxPerMm, pxPerMm], rng);
      const encoding = (how.encoding ?? jpeg(60, 92))(rng);
      return { file: await encodePicture(shot.image, encoding), sheets: [], drawn: `${shot.drawn}; ${describeEncoding(encoding)}` };
    },
  };
}

export function jpeg(low: number, high: number): (rng: Rng) => Encoding {
  return (rng) => ({ as: "jpeg", quality: low + rng.int(high - low + 1) });
}

/** A document scanner's picture. */
export function scanned(scanner: Scanner): Device {
  return (paper, pagePxPerMm, rng) => {
    const { image, project } = scanPage(paper, scanner, { rng, pagePxPerMm });
    const mode = scanner.mode === "bilevel" ? `1 bit by ${scanner.binarization ?? "threshold"}` : scanner.mode;
    return { image, project, drawn: `scan ${scanner.dpi} dpi ${mode}` };
  };
}

/** How a sheet lies on the desk. */
export type Laid = Pick<Sheet, "shape" | "covers" | "corners">;

/** A hand-held camera's picture of the page on a desk, flat or bent; `project` has shape and lens in it. */
export function photographed(scene: Scene, laid: (rng: Rng) => Laid = () => ({})): Device {
  return (image, pxPerMm, rng) => {
    const lies = laid(rng);
    const { pages, shot, ...taken } = photographPages([{ image, pxPerMm, ...lies }], scene, rng);
    return { image: taken.image, project: pages[0]!.project, drawn: `${describeShot(shot)}${describeLaid(lies)}` };
  };
}

function describeLaid({ shape = [], covers = [], corners = [] }: Laid): string {
  const parts = [
    ...shape.map(({ kind }) => kind),
    ...covers.map(({ kind }) => `${kind} on it`),
    ...corners.map(({ corner, how }) => `${corner} ${how}`),
  ];
  return parts.length > 0 ? `, ${parts.join(" and ")}` : "";
}

export function describeShot({ tiltDeg, turnDeg, blurPx, desk }: SceneShot["shot"]): string {
  return `photo on ${desk} tilted ${tiltDeg.toFixed(0)}, turned ${turnDeg.toFixed(0)} degrees, blur ${blurPx.toFixed(1)} px`;
}
