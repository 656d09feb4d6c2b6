import * as z from "zod";

/** A text that may be absent. */
export const optionalText = z.string().optional();

/** A finite number that may be absent: a count, an amount, a depth. */
export const optionalNumber = z.number().optional();

/** A point in time that may be absent, in epoch milliseconds. */
export const optionalEpochMs = z.number().optional();

/** A yes or no that may be absent. */
export const optionalFlag = z.boolean().optional();

/** A list of texts that may be absent. */
export const optionalTexts = z.array(z.string()).optional();

/** The id of a thread or topic; some channels number them, others name them. */
export const threadIdSchema = z.union([z.string(), z.number()]);
