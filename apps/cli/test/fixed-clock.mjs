// Preloaded into the built command: its clock starts at FIXED_NOW and moves on by TICK_MS at every look, so that no test waits;
// when a file gets a name with KILL_AT in it, the process dies as by a power cut.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const offsetMs = Number(process.env["FIXED_NOW"]) - Date.now();
const tickMs = Number(process.env["TICK_MS"] ?? 0);
const realNow = Date.now;
let looks = 0;
Date.now = () => realNow() + offsetMs + tickMs * looks++;

const killAt = process.env["KILL_AT"];
if (killAt !== undefined) {
  const { linkSync } = fs;
  fs.linkSync = (from, to) => {
    if (String(to).includes(killAt)) process.kill(process.pid, "SIGKILL");
    linkSync(from, to);
  };
  syncBuiltinESMExports();
}
