import type { SessionKeyForm } from "./session-key.ts";

/** A form, and the forum topic that its key names. */
export interface FormWithTopic {
  readonly form: SessionKeyForm;
  readonly topicId: string | undefined;
}

/** So many segments may stand before the word: a channel and an account. */
const segmentsBeforeWord = 2;

/**
 * Takes the segments of a conversation apart: `[<channel>:[<account>:]]<word>:<id>` with the words `direct`, `dm`,
 * `group`, `channel` and `room`. The first word that has an id behind it counts, so that an id may hold colons.
 * Two older forms have no word: a telephone number, and the address of a WhatsApp group.
 */
export function parseConversationForm(segments: readonly string[]): FormWithTopic {
  const last = Math.min(segments.length - 2, segmentsBeforeWord);
  let position = 0;
  while (position < last && !isConversationWord(segments[position])) position += 1;
  const word = segments[position];
  if (position > last || !isConversationWord(word))
    return { form: parseWordlessForm(segments), topicId: undefined };
  const channel = position > 0 ? segments[0] : undefined;
  const accountId = position > 1 ? segments[1] : undefined;
  const { id, topicId } = splitTopic(channel, segments.slice(position + 1));
  if (word === "direct" || word === "dm") {
    const peer = word === "dm" && position === 0 ? withoutPeerWord(id) : id;
    return { form: { form: "direct", dialect: word, channel, accountId, peer }, topicId };
  }
  const channelOf = channel ?? channelOfGroup(id);
  return { form: { form: "conversation", word, channel: channelOf, accountId, id }, topicId };
}

function isConversationWord(
  text: string | undefined,
): text is "direct" | "dm" | "group" | "channel" | "room" {
  return text === "direct" || text === "dm" || text === "group" || text === "channel" || text === "room";
}

/** Only Telegram has topics; elsewhere the word is part of the id. */
function splitTopic(
  channel: string | undefined,
  tail: readonly string[],
): { readonly id: string; readonly topicId: string | undefined } {
  const hasTopic = channel === "telegram" && tail.length > 2 && tail.at(-2) === "topic";
  return hasTopic
    ? { id: tail.slice(0, -2).join(":"), topicId: tail.at(-1) }
    : { id: tail.join(":"), topicId: undefined };
}

/** Clodds 1.7 writes `dm:peer:<user>` where others write `dm:<user>`. */
function withoutPeerWord(id: string): string {
  return id.startsWith("peer:") ? id.slice("peer:".length) : id;
}

function parseWordlessForm(segments: readonly string[]): SessionKeyForm {
  const [first] = segments;
  const address = first === "whatsapp" ? segments.slice(1) : segments;
  if (address.length === 1 && address[0] !== undefined && channelOfGroup(address[0]) === "whatsapp") {
    return { form: "conversation", word: "group", channel: "whatsapp", accountId: undefined, id: address[0] };
  }
  if (first !== undefined && segments.length === 1 && /^\+\d+$/.test(first)) {
    return { form: "direct", dialect: "bare", channel: undefined, accountId: undefined, peer: first };
  }
  return { form: "unknown", why: "unrecognised" };
}

/** The address of a WhatsApp group tells its channel. */
function channelOfGroup(id: string): string | undefined {
  return id.endsWith("@g.us") ? "whatsapp" : undefined;
}
