"use client";

import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { normalizeGlyph } from "../../../../../../lib/glyph/normalize-glyph.ts";
import { rasterizeStrokes } from "../../../../../../lib/glyph/rasterize-strokes.ts";
import type { AugmentationKind } from "../../../../../../lib/mlp/augment/limits.ts";
import { previewAugmentation } from "../../../../../../lib/mlp/augment/preview-augmentation.ts";
import { GlyphImage } from "../../../../../_components/glyph-image.client.tsx";
import { GLYPH_SIDE } from "../../../../../_components/glyph-pixels.ts";
import { exampleDigit } from "../../../../../draw/_components/example-digits.ts";
import classes from "./settings.module.css";

const COUNT = 8;
const PIXELS = GLYPH_SIDE ** 2;
const DIGIT = 5;
const CAPTIONS: Record<AugmentationKind, string> = {
  none: "Every epoch sees the same picture.",
  affine: "One digit in eight epochs: turned, scaled, sheared, shifted.",
  elastic: "One digit in eight epochs: turned, scaled, sheared, shifted and bent.",
};

/** What augmentation makes of a digit, by the kernels that train. */
export function AugmentationPreview({ kind }: { kind: AugmentationKind }) {
  const [seed, setSeed] = useState(1);
  const [images, setImages] = useState<readonly Uint8Array[] | null>([]);
  useEffect(() => {
    try {
      const image = normalizeGlyph(rasterizeStrokes(exampleDigit(DIGIT)));
      const all = previewAugmentation(image, String(DIGIT), { kind, count: COUNT, seed });
      setImages(Array.from({ length: COUNT }, (_, n) => all.subarray(n * PIXELS, (n + 1) * PIXELS)));
    } catch {
      // A browser without WebAssembly SIMD trains on the server all the same.
      setImages(null);
    }
  }, [kind, seed]);
  return (
    <div className={classes.preview} data-testid="augmentation-preview">
      <div className={classes.pictures}>
        {Array.from({ length: COUNT }, (_, n) => (
          <GlyphImage
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place
            key={n}
            bytes={images?.[n] ?? null}
            size="clamp(1.6rem, 8vw, 2.75rem)"
            label={`A ${DIGIT} as epoch ${n + 1} sees it`}
          />
        ))}
        <Button variant="subtle" size="compact-sm" onClick={() => setSeed((old) => old + 1)} disabled={kind === "none"}>
          Again
        </Button>
      </div>
      <p className={classes.caption}>{images === null ? "This browser cannot show it: it has no WebAssembly SIMD." : CAPTIONS[kind]}</p>
    </div>
  );
}
