"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { describeError } from "./api-client.ts";
import { IconCheck, IconCross, IconWarning } from "./icons.tsx";
import classes from "./notices.module.css";

interface Notice {
  readonly id: number;
  readonly kind: "error" | "done";
  readonly title: string;
  readonly detail: string;
}

interface Notices {
  /** Stays until it is closed. `title` says what did not happen ("The writer code was not saved"). */
  readonly showError: (title: string, error: unknown) => void;
  /** Says that something is done; goes by itself after six seconds. */
  readonly showDone: (title: string, detail?: string) => void;
}

const NoticesContext = createContext<Notices | null>(null);
let nextId = 1;

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const close = useCallback((id: number) => setNotices((old) => old.filter((notice) => notice.id !== id)), []);
  const value = useMemo<Notices>(() => {
    const add = (notice: Omit<Notice, "id">) => {
      const id = nextId++;
      // the same failure again (a retry, a poll) replaces its first telling
      setNotices((old) => [...old.filter((other) => other.title !== notice.title || other.detail !== notice.detail), { ...notice, id }]);
      return id;
    };
    return {
      showError: (title, error) => void add({ kind: "error", title, detail: describeError(error) }),
      showDone: (title, detail = "") => {
        const id = add({ kind: "done", title, detail });
        setTimeout(() => close(id), 6000);
      },
    };
  }, [close]);

  return (
    <NoticesContext value={value}>
      {children}
      <section className={classes.stack} aria-label="Notices">
        <div aria-live="assertive" aria-relevant="additions">
          {notices
            .filter((n) => n.kind === "error")
            .map((n) => (
              <NoticeCard key={n.id} notice={n} onClose={close} />
            ))}
        </div>
        <div aria-live="polite" aria-relevant="additions">
          {notices
            .filter((n) => n.kind === "done")
            .map((n) => (
              <NoticeCard key={n.id} notice={n} onClose={close} />
            ))}
        </div>
      </section>
    </NoticesContext>
  );
}

/** @throws where there is no provider, which app/layout.tsx always gives. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error("useNotices needs <NoticesProvider> above it");
  return notices;
}

function NoticeCard({ notice, onClose }: { notice: Notice; onClose: (id: number) => void }) {
  return (
    <div className={classes.notice} data-kind={notice.kind}>
      {notice.kind === "error" ? <IconWarning className={classes.mark} /> : <IconCheck className={classes.mark} />}
      <div className={classes.words}>
        <strong>{notice.title}</strong>
        {notice.detail !== "" && <p>{notice.detail}</p>}
      </div>
      <button type="button" className={classes.close} onClick={() => onClose(notice.id)} aria-label={`Close: ${notice.title}`}>
        <IconCross size={16} />
      </button>
    </div>
  );
}
