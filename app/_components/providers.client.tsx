"use client";

import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { resolveVariables, theme } from "../theme/theme.ts";
import { CollectionsProvider } from "./collections.client.tsx";
import { KeysProvider } from "./keys.client.tsx";
import { NoticesProvider } from "./notices.client.tsx";

/** Everything a screen may rely on: theme, notices, keys, the collections. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <NoticesProvider>
        <KeysProvider>
          <CollectionsProvider>{children}</CollectionsProvider>
        </KeysProvider>
      </NoticesProvider>
    </MantineProvider>
  );
}
