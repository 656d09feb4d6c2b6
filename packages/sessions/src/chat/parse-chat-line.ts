import { type DmScope, dmScopes } from "@sessionsmith/core";
import { type ChatCommand, chatUsage, type ParsedChatLine } from "./chat-command.ts";
import { splitWords } from "./split-words.ts";

/** Short words for scopes, beside their full names. */
const scopeAliases: ReadonlyMap<string, DmScope> = new Map([
  ["peer", "per-peer"],
  ["channel", "per-channel-peer"],
]);

/**
 * Reads a line of a chat. Words are understood in either case, and `/new@bot` as `/new`.
 * @returns undefined for a line that is none of these commands
 */
export function parseChatLine(line: string): ParsedChatLine | undefined {
  const text = line.trim();
  if (!text.startsWith("/")) return undefined;
  const [head = "", ...words] = splitWords(text);
  const [, name] = /^\/([a-z-]+)(?:@\S+)?$/i.exec(head) ?? [];
  const word = name?.toLowerCase();
  if (!isCommandWord(word)) return undefined;
  const command = parsers[word](words);
  return command === undefined ? { state: "wrong", usage: chatUsage[word] } : { state: "command", command };
}

type CommandWord = keyof typeof chatUsage;

function isCommandWord(word: string | undefined): word is CommandWord {
  return word !== undefined && Object.hasOwn(chatUsage, word);
}

const parsers: Readonly<Record<CommandWord, (words: readonly string[]) => ChatCommand | undefined>> = {
  new: (words) => alone(words, "new"),
  reset: (words) => alone(words, "reset"),
  session: parseSession,
  checkpoint: parseCheckpoint,
  "export-trajectory": ([bundleName, ...rest]) =>
    rest.length === 0 ? { name: "export-trajectory", bundleName } : undefined,
  history: ([action, ...rest]) => {
    if (action === undefined) return { name: "history" };
    const word = action.toLowerCase();
    return word === "export" || word === "clear" ? alone(rest, `history ${word}`) : undefined;
  },
};

function alone<const N extends "history clear" | "history export" | "new" | "reset">(
  words: readonly string[],
  name: N,
): { readonly name: N } | undefined {
  return words.length === 0 ? { name } : undefined;
}

function parseSession([action, ...rest]: readonly string[]): ChatCommand | undefined {
  const [value, ...more] = rest;
  if (action === undefined) return { name: "session" };
  const word = action.toLowerCase();
  if (word === "list") return value === undefined ? { name: "session list" } : undefined;
  if (value === undefined || more.length > 0) return undefined;
  const text = value.toLowerCase();
  if (word === "reset-time") return { name: "session reset-time", time: text };
  if (word === "idle-reset") return { name: "session idle-reset", minutes: text };
  const scope = scopeAliases.get(text) ?? dmScopes.find((known) => known === text);
  return word === "scope" && scope !== undefined ? { name: "session scope", scope } : undefined;
}

function parseCheckpoint([action = "", ...rest]: readonly string[]): ChatCommand | undefined {
  const word = action.toLowerCase();
  const [value, ...more] = rest;
  if (word === "list") return value === undefined ? { name: "checkpoint list" } : undefined;
  if (value === undefined || value.trim() === "") return undefined;
  // Without quotes the whole rest is the name.
  if (word === "save") return { name: "checkpoint save", checkpointName: rest.join(" ") };
  if (more.length > 0) return undefined;
  return word === "restore" || word === "delete" ? { name: `checkpoint ${word}`, id: value } : undefined;
}
