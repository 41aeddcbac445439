/** Finds a Chromium for the browser tests: one that is there, else Playwright's download, else the system's package manager. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, runNode } from "./bootstrap.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

function findInstalled() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
    return named;
  }
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  return candidates.find((path) => existsSync(path)) ?? null;
}

async function findDownloaded() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

async function installByPackageManager() {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = [...asRoot, "apt-get"];
  execFileSync("apt-get", ["--version"], { stdio: "ignore" });
  await run(apt[0], [...apt.slice(1), "update", "-qq"], { quiet: true });
  await run(apt[0], [...apt.slice(1), "install", "-y", "-qq", "--no-install-recommends", "chromium"], { quiet: true });
}

/**
 * @returns {Promise<string>} the path of a browser that speaks Chromium's protocol.
 * @throws Error with what to install, when none is there and none can be had.
 */
export async function ensureBrowser() {
  const there = findInstalled() ?? (await findDownloaded());
  if (there) return there;
  console.error("No Chromium found: downloading one for the browser tests ...");
  const tried = [];
  try {
    await runNode([join(ROOT, "node_modules", "playwright", "cli.js"), "install", "chromium"]);
    const path = await findDownloaded();
    if (path) return path;
  } catch (error) {
    tried.push(error.message);
  }
  try {
    await installByPackageManager();
    const path = findInstalled();
    if (path) return path;
  } catch (error) {
    tried.push(error.message);
  }
  throw new Error(
    `the browser tests need Chromium or Chrome, and none could be installed (${tried.join("; ")}). Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
  );
}
