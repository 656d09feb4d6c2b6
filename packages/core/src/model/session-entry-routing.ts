import * as z from "zod";
import { channelRouteSchema } from "./channel-route.ts";
import { deliveryContextSchema } from "./delivery-context.ts";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import {
  optionalEpochMs,
  optionalFlag,
  optionalNumber,
  optionalText,
  threadIdSchema,
} from "./session-entry-scalars.ts";
import { sessionOriginSchema } from "./session-origin.ts";

/** Fields of a row that say where messages come from, and where answers go. */
export const routingFields = {
  chatType: openWord(entryWords.chatType).optional(),
  /** `telegram`, `discord`, … */
  channel: optionalText,
  groupId: optionalText,
  subject: optionalText,
  /** Name of the channel inside a group or workspace. */
  groupChannel: optionalText,
  space: optionalText,
  origin: sessionOriginSchema.optional(),
  route: channelRouteSchema.optional(),
  deliveryContext: deliveryContextSchema.optional(),
  /** Copy of `deliveryContext.channel`. */
  lastChannel: optionalText,
  /** Copy of `deliveryContext.to`. */
  lastTo: optionalText,
  /** Copy of `deliveryContext.accountId`. */
  lastAccountId: optionalText,
  /** Copy of `deliveryContext.threadId`. */
  lastThreadId: threadIdSchema.optional(),
  /** True while a final answer has not reached its reader. */
  pendingFinalDelivery: optionalFlag,
  pendingFinalDeliveryCreatedAt: optionalEpochMs,
  pendingFinalDeliveryLastAttemptAt: optionalEpochMs,
  pendingFinalDeliveryAttemptCount: optionalNumber,
  pendingFinalDeliveryLastError: z.string().nullish(),
  /** The answer itself. */
  pendingFinalDeliveryText: z.string().nullish(),
  /** Needs a channel and a `to`, or OpenClaw drops it. */
  pendingFinalDeliveryContext: deliveryContextSchema.optional(),
  pendingFinalDeliveryIntentId: z.string().nullish(),
};
