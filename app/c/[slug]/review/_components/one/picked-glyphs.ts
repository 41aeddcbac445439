/** The glyphs picked out of a grid on their way to one by one; kept in the tab, so that a reload shows them again. */
export function keepPicked(slug: string, ids: readonly string[]): void {
  sessionStorage.setItem(keyOf(slug), JSON.stringify(ids));
}

export function readPicked(slug: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(keyOf(slug)) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function keyOf(slug: string): string {
  return `inkform.picked.${slug}`;
}
