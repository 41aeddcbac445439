import { useState } from "react";

/** Which glyphs are picked out of a list; another list begins with none. */
export function usePicks(list: object) {
  const [state, setState] = useState<{ list: object; ids: ReadonlySet<string> }>({ list, ids: NONE });
  const ids = state.list === list ? state.ids : NONE;
  const toggle = (id: string): boolean => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setState({ list, ids: next });
    return next.has(id);
  };
  const putBack = (id: string) => {
    if (ids.has(id)) toggle(id);
  };
  return { ids, toggle, putBack };
}

const NONE: ReadonlySet<string> = new Set();
