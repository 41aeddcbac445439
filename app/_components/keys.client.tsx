"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { KeyBinding, KeyGroup } from "./key-binding.ts";
import { KeyHelp } from "./key-help.client.tsx";
import { nameKeys } from "./key-names.ts";

class KeyRegistry {
  private groups: readonly KeyGroup[] = [];
  private readonly listeners = new Set<() => void>();

  add(group: KeyGroup): () => void {
    this.set([...this.groups, group]);
    return () => this.set(this.groups.filter((other) => other !== group));
  }

  readonly snapshot = (): readonly KeyGroup[] => this.groups;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(groups: readonly KeyGroup[]): void {
    this.groups = groups;
    for (const listener of this.listeners) listener();
  }
}

const KeysContext = createContext<{ registry: KeyRegistry; showHelp: () => void } | null>(null);
const NO_GROUPS: readonly KeyGroup[] = [];

/** Listens once for the whole app, so that no key works only after a click; `?` shows what the screen's keys do. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new KeyRegistry());
  const [helpOpen, setHelpOpen] = useState(false);
  const groups = useSyncExternalStore(registry.subscribe, registry.snapshot, () => NO_GROUPS);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || isTyping(event.target) || isModalOpen()) return;
      if (event.key === "?") {
        event.preventDefault();
        setHelpOpen(true);
        return;
      }
      // the innermost screen registered last and comes first
      const groups = registry.snapshot().toReversed();
      for (const pressed of nameKeys(event)) {
        for (const group of groups) {
          const binding = group.bindings.find((candidate) => candidate.keys.includes(pressed));
          if (binding === undefined) continue;
          if (isOwnKey(event)) return;
          event.preventDefault();
          binding.run(event);
          return;
        }
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry]);

  const value = useMemo(() => ({ registry, showHelp: () => setHelpOpen(true) }), [registry]);
  return (
    <KeysContext value={value}>
      {children}
      <KeyHelp groups={groups} opened={helpOpen} onClose={() => setHelpOpen(false)} />
    </KeysContext>
  );
}

/** Registers a screen's keys while it is shown. They rest while someone types in an input or a dialog is open. */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const { registry } = useKeysContext();
  const latest = useRef(bindings);
  latest.current = bindings;
  const signature = bindings.map((b) => `${b.keys.join(" ")}|${b.shown ?? ""}|${b.does}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered anew when the keys change, not when a closure does
  useEffect(() => {
    const stable = latest.current.map((binding, i) => ({
      ...binding,
      run: (event: KeyboardEvent) => latest.current[i]?.run(event),
    }));
    return registry.add({ title, bindings: stable });
  }, [registry, title, signature]);
}

/** Opens the help that `?` opens. */
export function useShowKeyHelp(): () => void {
  return useKeysContext().showHelp;
}

function useKeysContext() {
  const context = useContext(KeysContext);
  if (context === null) throw new Error("useKeys needs <KeysProvider> above it");
  return context;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  // a select's input is read-only: nobody types there, so the screen's keys go on
  return target instanceof HTMLInputElement && !target.readOnly && !["checkbox", "radio", "range", "button", "file"].includes(target.type);
}

/** Enter and Space press the button or follow the link that has the focus, arrows choose among radios: that comes before the screen's keys. */
function isOwnKey(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.key === "Enter" || event.key === " ") return event.target.closest("a[href], button, summary, input, [role='button']") !== null;
  return event.key.startsWith("Arrow") && event.target instanceof HTMLInputElement;
}

function isModalOpen(): boolean {
  return document.querySelector("[aria-modal='true'], dialog[open]") !== null;
}
