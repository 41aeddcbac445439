"use client";

import { Button, Menu } from "@mantine/core";
import type { ModelFormat } from "../../../../../../lib/contracts/runs.ts";
import { IconChevronDown, IconDownload } from "../../../../../_components/icons.tsx";

const FORMATS: readonly { readonly format: ModelFormat; readonly name: string; readonly use: string }[] = [
  { format: "ink", name: "Inkform model (.ink)", use: "with its training record" },
  { format: "onnx", name: "ONNX (.onnx)", use: "for ONNX Runtime" },
  { format: "safetensors", name: "safetensors", use: "weights as PyTorch names them" },
];

/** A run's model as a file: links in a menu, so that keys, screen readers and "Save link as" work as for any link. */
export function ModelMenu({ runId }: { runId: string }) {
  return (
    <Menu position="bottom-end" width={320} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} />}
          rightSection={<IconChevronDown size={15} />}
          data-testid="model-download"
        >
          Model file
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, name, use }) => (
          <Menu.Item
            key={format}
            component="a"
            href={`/api/runs/${runId}/model?format=${format}`}
            download
            data-testid={`model-download-${format}`}
          >
            {name}, {use}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
