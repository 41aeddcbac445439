import type { Card } from "../../../lib/card/card-manifest.ts";
import type { Point } from "../../../lib/core/geometry.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import type { NamedFile } from "../../../lib/server/codec/decoded-page.ts";
import type { PageTruth } from "../../../lib/simulate/page-truth.ts";

/** Where a point of the printed card's raster (px of `PageTruth`) lies in the picture (px). */
export type Project = (point: Point) => Point;

/** A card's page that lies in the picture. */
export interface SheetTruth {
  readonly card: Card;
  readonly pageIndex: number;
  readonly truth: PageTruth;
  readonly project: Project;
}

/** One file of the corpus and what a reader has to find in it. */
export interface CorpusPage {
  readonly file: NamedFile;
  /** In scan order; empty where nothing is to be read. */
  readonly sheets: readonly SheetTruth[];
  /** What chance chose, for the log: template, paper, pen, device, encoding. */
  readonly drawn: string;
}

export interface CorpusContext {
  /** The page's own: everything chance decides comes from here. */
  readonly rng: Rng;
  /** Of the page within its kind, from 0. */
  readonly index: number;
}

/** One kind of trouble. */
export interface CorpusKind {
  readonly about: string;
  /** A person could read it: refusing it is a fault. */
  readonly readable: boolean;
  readonly make: (context: CorpusContext) => Promise<CorpusPage>;
}
