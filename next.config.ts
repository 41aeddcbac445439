import type { NextConfig } from "next";

const config: NextConfig = {
  // What loads wasm, native code or files of its own is required by Node as it is, not bundled.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "pglite-prisma-adapter",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "sharp",
    "@hyzyla/pdfium",
    "heic-decode",
    "libheif-js",
    "tesseract.js",
    "zxing-wasm",
    "pdf-lib",
    "@pdf-lib/fontkit",
    "esbuild",
  ],
  // Types are checked by `tsc` in CI; a second time here would double the first start.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Compression of 28 x 28 images and JPEGs costs time on the one thread that answers, for a server that is on this machine or in this house.
  compress: false,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
};

export default config;
