"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { GlyphBrief } from "../desk/glyph-mark.ts";

/** A flag with a note, for others to look at. */
export function FlagDialog({ glyph, onFlag, onClose }: { glyph: GlyphBrief | null; onFlag: (note: string) => void; onClose: () => void }) {
  const [note, setNote] = useState("");
  const flag = (event: FormEvent) => {
    event.preventDefault();
    onFlag(note.trim());
    setNote("");
  };
  return (
    <Modal opened={glyph !== null} onClose={onClose} title="Flag this glyph">
      <form onSubmit={flag}>
        <TextInput
          label="Note"
          description="What somebody should look at; it may stay empty."
          maxLength={200}
          autoComplete="off"
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" mt="md">
          Flag it
        </Button>
      </form>
    </Modal>
  );
}
