import * as z from "zod";

/** One of the documented words `W`, or any other text: a newer program may have written it. */
export type OpenWord<W extends string> = W | (string & {});

/** Schema of a field with documented words. Every string passes; the words serve the type and the JSON schema. */
export function openWord<const W extends string>(words: readonly W[]): z.ZodType<OpenWord<W>> {
  return z.string().meta({ examples: [...words] });
}
