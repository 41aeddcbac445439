"use client";

import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import type { ScanView } from "../../../../../lib/contracts/scans.ts";
import { send } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatPlural } from "../../../../_components/format.ts";

/** Asks before a file goes with all that was cut from it. */
export function DeleteScan({ scan, onClose, onDeleted }: { scan: ScanView | null; onClose: () => void; onDeleted: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setError(null);
    onClose();
  };
  const remove = async () => {
    if (scan === null) return;
    setBusy(true);
    setError(null);
    try {
      await send("DELETE", `/api/scans/${scan.id}`);
      onDeleted();
      close();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const glyphs = scan?.pages.reduce((sum, page) => sum + page.glyphs, 0) ?? 0;
  return (
    <Modal opened={scan !== null} onClose={close} title="Delete this file?">
      <Text mb="md">
        <strong>{scan?.fileName}</strong> goes with {formatPlural(scan?.pages.length ?? 0, "page")} and {formatPlural(glyphs, "glyph")} cut
        from it, and their labels. This cannot be undone; the file can be added again.
      </Text>
      {error !== null && <ErrorNotice title={`${scan?.fileName ?? "The file"} was not deleted`} error={error} />}
      <Group mt="md">
        <Button color="red" variant="outline" c="var(--missed)" loading={busy} onClick={remove}>
          Delete
        </Button>
        <Button variant="default" onClick={close} data-autofocus>
          Keep it
        </Button>
      </Group>
    </Modal>
  );
}
