import type { CorpusKind } from "./corpus-kind.ts";
import { NEGATIVE_KINDS } from "./kinds-negative.ts";
import { PHOTO_KINDS } from "./kinds-photos.ts";
import { SCAN_KINDS } from "./kinds-scans.ts";

/** Every kind of trouble by its name. */
export const CORPUS_KINDS: Readonly<Record<string, CorpusKind>> = { ...SCAN_KINDS, ...PHOTO_KINDS, ...NEGATIVE_KINDS };
