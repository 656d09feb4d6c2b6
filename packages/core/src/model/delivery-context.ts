import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalText, threadIdSchema } from "./session-entry-scalars.ts";

/** Schema of {@link DeliveryContext}. */
export const deliveryContextSchema = z.looseObject({
  channel: optionalText,
  to: optionalText,
  accountId: optionalText,
  threadId: threadIdSchema.optional(),
  /** OpenClaw drops it when it loads the row. */
  deliveryIntent: z
    .looseObject({
      id: z.string(),
      kind: openWord(entryWords["deliveryContext.deliveryIntent.kind"]),
      queuePolicy: openWord(entryWords["deliveryContext.deliveryIntent.queuePolicy"]).optional(),
    })
    .optional(),
});

/** Where answers of a session go (OpenClaw 2026.5.28 store format). */
export type DeliveryContext = z.infer<typeof deliveryContextSchema>;
