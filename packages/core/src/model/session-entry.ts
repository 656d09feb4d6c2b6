import * as z from "zod";
import { attachmentFields } from "./session-entry-attachments.ts";
import { identityFields } from "./session-entry-identity.ts";
import { lineageFields } from "./session-entry-lineage.ts";
import { routingFields } from "./session-entry-routing.ts";
import { settingsFields } from "./session-entry-settings.ts";
import { usageFields } from "./session-entry-usage.ts";

/**
 * Schema of one row of the index (OpenClaw 2026.5.28 store format): every documented field, none of them required,
 * unknown fields and unknown words let through.
 *
 * It serves to look at a row. Its output must never be written back: it orders fields anew and leaves out a field that
 * is called `__proto__`. What is written is the parsed row itself.
 */
export const sessionEntrySchema = z.looseObject({
  ...identityFields,
  ...lineageFields,
  ...settingsFields,
  ...usageFields,
  ...routingFields,
  ...attachmentFields,
});

/** One row of the index, read with types. */
export type SessionEntry = z.infer<typeof sessionEntrySchema>;

/** A typed reading of a row: fields of a wrong type are left out of it. Only for looking at, never to be written back. */
export type SessionEntryView = Readonly<SessionEntry>;
