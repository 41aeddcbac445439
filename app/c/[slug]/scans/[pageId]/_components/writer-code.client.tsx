"use client";

import { TextInput } from "@mantine/core";
import { type KeyboardEvent, type Ref, useEffect, useState } from "react";
import { send } from "../../../../../_components/api-client.ts";
import { useNotices } from "../../../../../_components/notices.client.tsx";

interface WriterCodeProps {
  readonly pageId: string;
  readonly writer: string | null;
  readonly onSaved: () => Promise<void>;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Who wrote this page, by a code, never a name. Saved on Enter and when the field is left; Esc takes the change back. */
export function WriterCode({ pageId, writer, onSaved, ref }: WriterCodeProps) {
  const { showError, showDone } = useNotices();
  const [value, setValue] = useState(writer ?? "");
  useEffect(() => setValue(writer ?? ""), [writer]);

  const save = async () => {
    const code = value.trim();
    if (code === (writer ?? "")) return;
    try {
      await send("PATCH", `/api/pages/${pageId}`, { writer: code === "" ? null : code });
      await onSaved();
      showDone(code === "" ? "The page has no writer code now" : `Saved: writer ${code}`);
    } catch (error) {
      showError("The writer code was not saved", error);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") setValue(writer ?? "");
  };
  return (
    <TextInput
      ref={ref}
      label="Writer code"
      placeholder="none read"
      value={value}
      maxLength={32}
      autoComplete="off"
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={onKeyDown}
    />
  );
}
