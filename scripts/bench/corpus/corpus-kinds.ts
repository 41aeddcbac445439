import type { CorpusKind } from "./corpus-kind.ts";
import { NEGATIVE_KINDS } from "./kinds-negative.ts";
import { NIST_KINDS } from "./kinds-nist.ts";
import { PHOTO_KINDS } from "./kinds-photos.ts";
import { SCAN_KINDS } from "./kinds-scans.ts";

/** Every kind of trouble by its name; those of NIST's page where NIST_DIR is given. */
export const CORPUS_KINDS: Readonly<Record<string, CorpusKind>> = {
  ...SCAN_KINDS,
  ...PHOTO_KINDS,
  ...(process.env.NIST_DIR ? NIST_KINDS : {}),
  ...NEGATIVE_KINDS,
};
