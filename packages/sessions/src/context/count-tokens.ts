import type { HistoryMessage } from "./history-message.ts";

/** Tells how many tokens a message takes in the context of a model: a number from 0 on. */
export type CountTokens = (message: HistoryMessage) => number;

const bytesPerToken = 4;
const tokensPerMessage = 4;

/**
 * An estimate that needs no tokenizer: four for the message, and one for every four bytes of its text and its tool calls in
 * UTF-8, rounded up. Near enough for English; for other scripts it is rather too high than too low.
 */
export function estimateTokens({ content, toolCalls = [] }: HistoryMessage): number {
  const calls = toolCalls.length === 0 ? "" : JSON.stringify(toolCalls);
  return tokensPerMessage + Math.ceil(Buffer.byteLength(content + calls, "utf8") / bytesPerToken);
}

/** Counts and looks at the answer. @throws TypeError if the counter gives no number from 0 on */
export function countWith(count: CountTokens, message: HistoryMessage): number {
  const tokens = count(message);
  if (tokens >= 0 && Number.isFinite(tokens)) return tokens;
  throw new TypeError("a token counter has to return a number from 0 on");
}
