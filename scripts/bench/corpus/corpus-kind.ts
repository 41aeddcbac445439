import type { Card } from "../../../lib/card/card-manifest.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage, RgbImage } from "../../../lib/image/images.ts";
import type { PageReading } from "../../../lib/pipeline/page-reading.ts";
import type { NamedFile } from "../../../lib/server/codec/decoded-page.ts";
import type { PageTruth } from "../../../lib/simulate/page-truth.ts";
import type { PageVerdict } from "./page-verdict.ts";
import type { Project } from "./score-boxes.ts";

export type Picture = GrayImage | RgbImage;

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
  /** Where the truth is none of ours: in place of `judgePage`. */
  readonly judge?: (readings: readonly PageReading[]) => PageVerdict[];
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
