"use client";

import { ErrorNotice } from "./_components/error-notice.tsx";

/** A screen that broke: the frame and everything saved stay, the screen can be tried again. */
export default function ScreenError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorNotice title="This screen broke. Nothing that was saved is touched." error={error} onRetry={reset} />;
}
