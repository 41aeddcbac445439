"use client";

import { Menu } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import classes from "./collection-switcher.module.css";
import { useCollections } from "./collections.client.tsx";
import { CreateCollection } from "./create-collection.client.tsx";
import { IconCheck, IconChevronDown, IconPlus } from "./icons.tsx";

/** The collection on the table, the others, and a new one. */
export function CollectionSwitcher() {
  const { collections, current, slug } = useCollections();
  const [creating, setCreating] = useState(false);
  const none = collections !== null && collections.length === 0;
  return (
    <>
      <Menu position="bottom-start" width={260} shadow="md" keepMounted={false}>
        <Menu.Target>
          <button type="button" className={classes.button} aria-label={`Collection: ${current?.name ?? slug ?? "none yet"}`}>
            <span className={classes.name}>{current?.name ?? slug ?? (none ? "No collection yet" : "\u00a0")}</span>
            <IconChevronDown size={15} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {collections?.map((collection) => (
            <Menu.Item
              key={collection.slug}
              component={Link}
              href={`/c/${collection.slug}`}
              rightSection={collection.slug === slug ? <IconCheck size={16} aria-hidden={false} aria-label="shown now" /> : null}
            >
              {collection.name}
            </Menu.Item>
          ))}
          {!none && <Menu.Divider />}
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            New collection
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CreateCollection opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}
