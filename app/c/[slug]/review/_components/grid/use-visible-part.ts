import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";

/** What of an element the window shows, in CSS px from the element's top; a bar that stays at the window's top or bottom covers some of it. */
export interface VisiblePart {
  readonly top: number;
  readonly bottom: number;
}

/** Steps in which the visible part is told: the screen is built anew only when another row can have come into sight. */
const STEP = 40;

/** Follows the window's scrolling and the element's width. `read` tells the exact part at once. */
export function useVisiblePart(element: RefObject<HTMLElement | null>, covered: { readonly top: number; readonly bottom: number }) {
  const [part, setPart] = useState<VisiblePart>({ top: 0, bottom: 0 });
  const [width, setWidth] = useState(0);
  const read = useCallback((): VisiblePart => {
    const top = element.current?.getBoundingClientRect().top ?? 0;
    return { top: covered.top - top, bottom: window.innerHeight - covered.bottom - top };
  }, [element, covered.top, covered.bottom]);

  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => {
      setWidth(target.clientWidth);
      setPart(read());
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, read]);

  useEffect(() => {
    const follow = () => {
      const now = read();
      setPart((old) => (Math.abs(old.top - now.top) < STEP && Math.abs(old.bottom - now.bottom) < STEP ? old : now));
    };
    window.addEventListener("scroll", follow, { passive: true });
    window.addEventListener("resize", follow);
    return () => {
      window.removeEventListener("scroll", follow);
      window.removeEventListener("resize", follow);
    };
  }, [read]);
  return { part, width, read };
}
