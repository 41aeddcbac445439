import { newUuid } from "./new-uuid.ts";

/** `review`: what is handed out one by one. `grid`: what a grid has shown. */
export type SessionKind = "review" | "grid";

const LEFT = "inkform.review-left";
const sessions = new Map<SessionKind, string>();
/** Whether what the tab's store holds is this tab's own; null before that was looked at. */
let own: boolean | null = null;

/**
 * Names for this tab that outlast a reload: what the server has handed to it stays its own. A duplicated tab gets a copy of the old one's store, but while
 * that one is still open: only a tab that was left has said so there.
 */
export function getTabSession(kind: SessionKind = "review"): string {
  const known = sessions.get(kind);
  if (known !== undefined) return known;
  if (own === null) {
    own = sessionStorage.getItem(LEFT) === "yes";
    sessionStorage.removeItem(LEFT);
    window.addEventListener("pagehide", () => sessionStorage.setItem(LEFT, "yes"));
    // Back from the browser's cache of pages: the tab is open again.
    window.addEventListener("pageshow", () => sessionStorage.removeItem(LEFT));
  }
  const key = `inkform.session.${kind}`;
  const session = (own ? sessionStorage.getItem(key) : null) ?? newUuid();
  sessionStorage.setItem(key, session);
  sessions.set(kind, session);
  return session;
}
