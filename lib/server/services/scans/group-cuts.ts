/** A cut as far as it says which glyphs took the place of which. */
export interface CutLink {
  readonly kind: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Glyphs that hang together by cuts. */
export interface CutGroup {
  readonly members: readonly string[];
  /** As the page's reading had cut them, and not counting now: other cuts stand in their place. */
  readonly roots: readonly string[];
  /** Cut by a person, and counting now. */
  readonly leaves: readonly string[];
}

/** The groups of glyphs that a page's cuts tie together. @param counts whether a glyph counts now; null where it is not there any more */
export function groupCuts(cuts: readonly CutLink[], counts: (id: string) => boolean | null): CutGroup[] {
  const groupOf = new Map<string, Set<string>>();
  const byHand = new Set<string>();
  for (const { kind, before, after } of cuts) {
    const ids = [...before, ...after];
    const joined = new Set(ids.flatMap((id) => [id, ...(groupOf.get(id) ?? [])]));
    for (const id of joined) groupOf.set(id, joined);
    // An undo makes nothing: it brings back what was there.
    if (kind !== "undo") for (const id of after) byHand.add(id);
  }
  return [...new Set(groupOf.values())].map((group) => {
    const members = [...group].filter((id) => counts(id) !== null);
    return {
      members,
      roots: members.filter((id) => !byHand.has(id) && counts(id) === false),
      leaves: members.filter((id) => byHand.has(id) && counts(id) === true),
    };
  });
}
