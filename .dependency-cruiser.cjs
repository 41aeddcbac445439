/** The doors between the rooms. Each rule says what may not be; lib/README.md draws the whole. */
const PURE = "^lib/(core|image|card|page|glyph|pipeline|simulate|label|dataset|mlp|train|evaluation|contracts)/";

/** A stage may import only itself and the rooms that feed it. */
function stage(name, feeds) {
  return {
    name: `${name}-imports-only-what-feeds-it`,
    severity: "error",
    from: { path: `^lib/${name}/` },
    to: { path: "^lib/", pathNot: `^lib/(${[name, ...feeds].join("|")})/` },
  };
}

/** Only one adapter may know an outside thing; the fuzz bench makes its broken files with the same libraries. */
function only(adapter, packages) {
  return {
    name: `only-${adapter.replaceAll("/", "-")}-knows-it`,
    severity: "error",
    from: { path: "^(app|lib|scripts)/", pathNot: `^(lib/server/${adapter}|scripts/bench/fuzz)/` },
    to: { path: `node_modules/(${packages})(/|$)` },
  };
}

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "pure-rooms-know-no-platform",
      comment: "They run in a browser and a thread as they are.",
      severity: "error",
      from: { path: PURE },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-rooms-know-no-libraries",
      severity: "error",
      from: { path: PURE },
      to: { path: "node_modules/", pathNot: "node_modules/zod/" },
    },
    { name: "pure-rooms-know-no-server", severity: "error", from: { path: PURE }, to: { path: "^lib/server/" } },
    stage("core", []),
    stage("image", ["core"]),
    stage("card", ["core"]),
    stage("label", ["core"]),
    stage("mlp", ["core"]),
    stage("evaluation", ["core"]),
    stage("page", ["core", "image", "card"]),
    stage("glyph", ["core", "image"]),
    stage("pipeline", ["core", "image", "card", "page", "glyph"]),
    stage("simulate", ["core", "image", "card"]),
    stage("dataset", ["core", "label"]),
    stage("contracts", ["core", "card", "label", "mlp"]),
    stage("train", ["core", "glyph", "dataset", "mlp", "contracts"]),
    {
      name: "adapters-know-no-database",
      severity: "error",
      from: { path: "^lib/server/(storage|codec|pdf|ocr|threads|http)/" },
      to: { path: "^lib/server/db/" },
    },
    only("db", "@prisma/client|@electric-sql/pglite|pglite-prisma-adapter|@prisma/adapter-pg"),
    only("codec", "sharp|@hyzyla/pdfium|heic-decode|zxing-wasm"),
    only("pdf", "pdf-lib"),
    only("ocr", "tesseract.js"),
    {
      name: "nothing-imports-app-or-tests",
      severity: "error",
      from: { path: "^(lib|scripts)/" },
      to: { path: "^(app|tests)/" },
    },
    {
      name: "no-client-file-reaches-the-server",
      severity: "error",
      from: { path: "\\.client\\.tsx$" },
      to: { path: "^lib/server/", reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "lib/server/db/generated" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"], conditionNames: ["import", "node", "default"] },
  },
};
