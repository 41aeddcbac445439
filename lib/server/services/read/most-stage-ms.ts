/**
 * Processor time that one stage of a page, its decoding or its OCR say, may take in a child: a file made to be too much (200 MB of compressed zeros take
 * 5 s) ends there. An ordinary stage takes a tenth of a second, the slowest two or three seconds.
 */
export const MOST_STAGE_MS = 15_000;
