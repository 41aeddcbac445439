/** What a committed case holds: `NAME.json` beside its picture. */
export interface CaseTruth {
  readonly about: string;
  /** What chance chose. */
  readonly drawn: string;
  readonly file: string;
  /** The card's code; null where the page has to be refused. */
  readonly card: string | null;
  readonly writer: string | null;
  /** By field, for each printed character: itself and, where it was written, its ink's x, y, width, height and the slack in scan px. */
  readonly fields: Readonly<Record<string, readonly (readonly (string | number)[])[]>>;
}
