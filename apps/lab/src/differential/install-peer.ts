import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The OpenClaw whose decisions ours are held against. */
export const peerPackage = "openclaw@2026.5.28";
/** OpenClaw 2026.5.28 needs Node 22 or later; npm has Node too. */
const peerNodePackage = "node@24";

/** Fetches the peer and its packages from npm into a directory; no script of theirs is run. Takes about half a minute. */
export function installPeer(dir: string): void {
  writeFileSync(join(dir, "package.json"), '{"private":true}\n');
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  execFileSync("npm", ["install", ...options, peerPackage], {
    cwd: dir,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Fetches a Node that runs the peer, and tells where its program is. */
export function installPeerNode(): string {
  const args = ["--yes", `--package=${peerNodePackage}`, "--", "node", "-p", "process.execPath"];
  return execFileSync("npx", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
