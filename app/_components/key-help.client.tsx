"use client";

import { Kbd, Modal } from "@mantine/core";
import type { KeyGroup } from "./key-binding.ts";
import classes from "./key-help.module.css";
import { showKey } from "./key-names.ts";

/** The keys of the screen. */
export function KeyHelp({ groups, opened, onClose }: { groups: readonly KeyGroup[]; opened: boolean; onClose: () => void }) {
  const everywhere: KeyGroup = {
    title: "Everywhere",
    bindings: [
      { keys: ["?"], does: "Show these keys", run: () => {} },
      { keys: ["Tab"], does: "Move to the next control", run: () => {} },
    ],
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Keys">
      {[...groups, everywhere].map((group) => (
        <section key={group.title} className={classes.group}>
          <h3>{group.title}</h3>
          <dl>
            {group.bindings.filter(isShown).map((binding) => (
              <div key={binding.does} className={classes.row}>
                <dt>{binding.does}</dt>
                <dd>
                  {binding.shown !== undefined ? (
                    <Kbd>{binding.shown}</Kbd>
                  ) : (
                    binding.keys.map((key) => <Kbd key={key}>{showKey(key)}</Kbd>)
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}

/** A command whose keys all went to something else has no line. */
function isShown({ hidden, keys }: KeyGroup["bindings"][number]): boolean {
  return hidden !== true && keys.length > 0;
}
