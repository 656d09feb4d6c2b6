import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalText, threadIdSchema } from "./session-entry-scalars.ts";

/** Schema of {@link ChannelRoute}. */
export const channelRouteSchema = z.looseObject({
  channel: optionalText,
  accountId: optionalText,
  target: z
    .looseObject({
      to: z.string(),
      /** The target before the channel normalised it. */
      rawTo: optionalText,
      chatType: openWord(entryWords["route.target.chatType"]).optional(),
    })
    .optional(),
  thread: z
    .looseObject({
      id: threadIdSchema,
      kind: openWord(entryWords["route.thread.kind"]).optional(),
      /** Who named the thread. */
      source: openWord(entryWords["route.thread.source"]).optional(),
    })
    .optional(),
});

/** The route of a session through a channel; a second form of its {@link DeliveryContext} (OpenClaw 2026.5.28 store format). */
export type ChannelRoute = z.infer<typeof channelRouteSchema>;
