import type { RepairDomain } from "@sessionsmith/maintenance";
import type { FlagSpec, OptionSpec } from "./option-spec.ts";

/** Does what the preview shows. */
export const applyOption: FlagSpec = {
  kind: "flag",
  flags: "--apply",
  description: "do it; without this it is only shown",
};

/** Which flag selects which kind of repair. */
export const domainOptions: Readonly<Partial<Record<RepairDomain, FlagSpec>>> = {
  index: {
    kind: "flag",
    flags: "--index",
    description:
      "make a damaged or missing index whole again: its own rows, then those of backups, then those that transcripts tell of",
  },
  transcripts: {
    kind: "flag",
    flags: "--transcripts",
    description:
      "mend torn, glued, header-less and broken transcripts; what is no record is set aside, the original goes to the trash",
  },
};

/** What is repaired, and how. */
export const repairOptions: readonly OptionSpec[] = Object.values(domainOptions);
