"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { demoStartedSchema } from "../../lib/contracts/runs.ts";
import { sendJson } from "./api-client.ts";
import { useCollections } from "./collections.client.tsx";
import { IconPlay } from "./icons.tsx";
import { useNotices } from "./notices.client.tsx";

/** Starts the demo and goes to its collection, whose Home shows how far it is. */
export function DemoButton({ children, variant = "filled" }: { children: ReactNode; variant?: "filled" | "default" }) {
  const router = useRouter();
  const { reload } = useCollections();
  const { showError } = useNotices();
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    try {
      const { collection, jobId } = await sendJson(demoStartedSchema, "POST", "/api/demo");
      await reload();
      router.push(`/c/${collection}?demo=${jobId}`);
    } catch (error) {
      showError("The demo did not start", error);
      setBusy(false);
    }
  };
  return (
    <Button size="md" variant={variant} loading={busy} onClick={start} leftSection={<IconPlay size={16} />}>
      {children}
    </Button>
  );
}
