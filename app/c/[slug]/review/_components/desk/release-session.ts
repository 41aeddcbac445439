import { getTabSession, type SessionKind } from "./tab-session.ts";

/** A way that is left gives back what it holds; a tab that is closed holds it until its claims run out. */
export function releaseSession(slug: string, kind: SessionKind): void {
  void fetch(`/api/collections/${slug}/review/release`, {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ session: getTabSession(kind) }),
    // A server that is gone holds nothing.
  }).catch(() => {});
}
