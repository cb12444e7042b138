// Built for Chromium 86, the oldest browser in a county's offices; hashed names are served for a year.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig } from "vite";

const OLDEST_BROWSER = "chrome86";
const OUT = resolve(import.meta.dirname, "../src/wenlan/web/static/wenlan");

// Faces that phones and newer desktops carry: where one is, nothing is fetched.
const OWN_SANS = {
  400: ["NotoSansCJKsc-Regular", "NotoSansSC-Regular", "SourceHanSansSC-Regular", "PingFangSC-Regular"],
  700: ["NotoSansCJKsc-Bold", "NotoSansSC-Bold", "SourceHanSansSC-Bold", "PingFangSC-Semibold"],
};

/**
 * Keeps the woff2 source only, lets text stand in the system's font when ours is late, and puts faces of one
 * range beside each other: the long lists of ranges then pack to a quarter.
 */
const slicedFonts = {
  postcssPlugin: "sliced-fonts",
  OnceExit: (root) => {
    const range = (face) => face.nodes?.find((node) => node.prop === "unicode-range")?.value ?? "";
    const faces = root.nodes.filter((node) => node.name === "font-face");
    if (faces.length === 0) return;
    root.removeAll();
    root.append(...faces.sort((one, other) => range(one).localeCompare(range(other))));
  },
  AtRule: {
    "font-face": (face) => {
      face.walkDecls("src", (source) => {
        const weight = face.nodes.find((node) => node.prop === "font-weight").value;
        const served = source.value.split(",").find((part) => part.includes("woff2")).trim();
        const own = face.toString().includes("Noto Sans") ? OWN_SANS[weight] : [];
        source.value = [...own.map((name) => `local("${name}")`), served].join(", ");
      });
      face.walkDecls("font-display", (display) => {
        display.value = "fallback";
      });
    },
  },
};

/** Writes .gz and .br beside each text file: the server picks one, and packs nothing while it serves. */
const packed = {
  name: "packed",
  apply: "build",
  closeBundle() {
    for (const name of readdirSync(OUT, { recursive: true })) {
      const path = join(OUT, name);
      if (!/\.(css|js|svg|json)$/.test(path) || statSync(path).size < 1000) continue;
      const text = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
      writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    }
  },
};

export default defineConfig({
  base: "./",
  publicDir: "public",
  plugins: [packed],
  css: { postcss: { plugins: [slicedFonts] } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: OLDEST_BROWSER,
    cssTarget: OLDEST_BROWSER,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      // htmx can evaluate expressions in attributes; our pages forbid it by its `allowEval` setting.
      onwarn: (warning, warn) => warning.code === "EVAL" && warning.id?.includes("htmx") ? undefined : warn(warning),
      input: {
        portal: "src/portal.ts",
        desk: "src/desk.ts",
        "desk-circulation": "src/desk-circulation/index.ts",
        cataloguing: "src/cataloguing/index.ts",
        scanning: "src/scanning/index.ts",
        stocktaking: "src/stocktaking/index.ts",
        "off-line-desk": "src/off-line-desk/index.ts",
        "offline-worker": "src/offline/worker.ts",
        charts: "src/charts/index.ts",
        agent: "src/agent/index.ts",
        kiosk: "src/kiosk.ts",
        keeper: "src/keeper.ts",
        "keeper-off-line": "src/keeper-off-line.ts",
        screen: "src/screen.ts",
        plain: "src/plain.css",
        print: "src/print.css",
        styleguide: "src/styleguide.css",
        "fonts-sans": "src/fonts-sans.css",
        "fonts-serif": "src/fonts-serif.css",
      },
    },
  },
  test: { environment: "node", css: true, include: ["src/**/*.test.ts"] },
});
