import { databaseFindings } from "./database-findings.ts";
import { fileFindings } from "./file-findings.ts";
import { indexFindings } from "./index-findings.ts";
import { layoutFindings } from "./layout-findings.ts";
import { legacyFindings } from "./legacy-findings.ts";
import { rowFindings } from "./row-findings.ts";
import { settingsFindings } from "./settings-findings.ts";
import { transcriptFindings } from "./transcript-findings.ts";

/** Every finding id with its meaning; `docs/findings.md` is generated from it. */
export const findingCatalogue = {
  ...indexFindings,
  ...rowFindings,
  ...fileFindings,
  ...transcriptFindings,
  ...layoutFindings,
  ...settingsFindings,
  ...legacyFindings,
  ...databaseFindings,
} as const;

/** The stable id of a finding; never renamed once released. */
export type FindingId = keyof typeof findingCatalogue;
