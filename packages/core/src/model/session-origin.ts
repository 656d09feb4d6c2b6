import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalText, threadIdSchema } from "./session-entry-scalars.ts";

/** Schema of {@link SessionOrigin}. */
export const sessionOriginSchema = z.looseObject({
  /** Name of the conversation as the channel shows it. */
  label: optionalText,
  provider: optionalText,
  surface: optionalText,
  chatType: openWord(entryWords["origin.chatType"]).optional(),
  /** Who wrote. */
  from: optionalText,
  /** Whom it was written to. */
  to: optionalText,
  nativeChannelId: optionalText,
  nativeDirectUserId: optionalText,
  accountId: optionalText,
  threadId: threadIdSchema.optional(),
});

/** Where a session came from (OpenClaw 2026.5.28 store format). */
export type SessionOrigin = z.infer<typeof sessionOriginSchema>;
