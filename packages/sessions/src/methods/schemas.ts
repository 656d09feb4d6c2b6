import * as z from "zod";

/** A row as it stands in an index: its writers put there what they like. */
export const entrySchema = z.record(z.string(), z.unknown());

/** A whole number from 1 on. */
export const positive = z.int().min(1);

/** A session key in any spelling. */
export const keyParam = z.string().trim().min(1);

/** What every answer of a method that changes something tells beside OpenClaw's keys. */
export const changeFrame = {
  dryRun: z.boolean(),
  operationId: z.string().nullable(),
  warnings: z.array(z.string()).readonly(),
};

/** The same of a method that ends sessions. */
export const endingFrame = {
  ...changeFrame,
  historyRecorded: z.boolean(),
  sinks: z
    .array(
      z.strictObject({
        name: z.string(),
        state: z.enum(["behind", "up-to-date"]),
        missing: z.int().nullable(),
        error: z.string().optional(),
      }),
    )
    .readonly(),
};

/** A level of thinking, as a list for a person to choose from. */
export const thinkingLevelSchema = z.strictObject({ id: z.string(), label: z.string() });
