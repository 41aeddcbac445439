"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { collectionViewSchema, createCollectionSchema } from "../../lib/contracts/collections.ts";
import { sendJson } from "./api-client.ts";
import { useCollections } from "./collections.client.tsx";
import classes from "./create-collection.module.css";
import { ErrorNotice } from "./error-notice.tsx";

/** Asks for a name and makes the collection; its address follows the name until it is edited. */
export function CreateCollection({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New collection">
      <CreateCollectionForm onDone={onClose} />
    </Modal>
  );
}

function CreateCollectionForm({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const { reload, collections } = useCollections();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const slug = ownSlug ?? slugFrom(name);
  const parsed = createCollectionSchema.safeParse({ slug, name: name.trim() });
  const taken = collections?.some((collection) => collection.slug === slug) ?? false;
  const slugProblem = taken
    ? "There is a collection at this address already."
    : ownSlug !== null && !parsed.success
      ? "1 to 40 of a-z, 0-9 and -"
      : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!parsed.success || taken) return;
    setBusy(true);
    setError(null);
    try {
      await sendJson(collectionViewSchema, "POST", "/api/collections", parsed.data);
      await reload();
      onDone();
      router.push(`/c/${slug}/cards`);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label="Name"
        description="One campaign: its cards, its writers, its scans"
        placeholder="Class 3b, winter"
        value={name}
        maxLength={80}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Address"
        leftSection={<span className={classes.prefix}>/c/</span>}
        value={slug}
        maxLength={40}
        error={slugProblem}
        spellCheck={false}
        onChange={(event) => setOwnSlug(event.currentTarget.value)}
      />
      {error !== null && <ErrorNotice title="The collection was not made" error={error} />}
      <Button type="submit" loading={busy} disabled={!parsed.success || taken}>
        Make it
      </Button>
    </form>
  );
}

function slugFrom(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
