import { fileIdentity, type Host, type Step } from "@sessionsmith/core";
import { fileAgeMs } from "../../file-age.ts";
import { isPlainFile } from "../claimed-files.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";

/** A writer is done with a temporary file of the index after this: five minutes, as OpenClaw 2026.5.28 has it. */
const tempAgeMs = 5 * 60_000;

/**
 * Moves temporary files of the index that nobody is at work on to the trash: rows may have come from them, and whoever writes the index
 * next sweeps them away.
 */
export function keepTemps(store: RepairStore, { clock }: Pick<Host, "clock">): RepairStore {
  const now = clock.now();
  const temps = [...store.snapshot.files.values()].filter(
    (file) =>
      file.nameClass.kind === "index-temp" && isPlainFile(store, file) && fileAgeMs(file, now) > tempAgeMs,
  );
  const steps = temps.map(({ name, fact }): Step => {
    const expect = fileIdentity(fact);
    return {
      kind: "move-file",
      phase: "retire",
      from: name,
      to: { as: "trash" },
      expect,
      reason: "stale-index-temp",
    };
  });
  const files = temps.map(({ name, fact }) => {
    return { name, action: "trash", reasons: ["stale-index-temp"], size: fact.size } as const;
  });
  const mends = temps.map(({ name }) => {
    return { domain: "index", what: "temp-retired", file: name, reasons: ["stale-index-temp"] } as const;
  });
  return withPlanned(store, { steps, files, mends });
}
