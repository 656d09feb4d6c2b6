import * as z from "zod";

/** A number, or text of digits, as Aria's runner takes it. */
export const minutes = z
  .union([z.number(), z.string().regex(/^\d{1,12}(?:\.\d+)?$/)])
  .transform(Number)
  .pipe(z.number().positive());

/** True or false, or a word for it, as Aria's runner takes it. */
export const flag = z
  .union([z.boolean(), z.enum(["true", "1", "yes", "false", "0", "no"])])
  .transform((value) => value === true || value === "true" || value === "1" || value === "yes");

/** Minutes after which a session is stale, unless said otherwise. */
export const defaultMinutes = 60;
