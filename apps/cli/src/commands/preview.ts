import { previewSessions, requireOneSession, transcriptOpener } from "@sessionsmith/sessions";
import type { AskedSession, SessionPreview } from "@sessionsmith/sessions";
import { isStoreError } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { maxCharsOption, messagesOption } from "../options/session-options.ts";
import { outputView } from "../output-view.ts";
import { readKeyringIfGiven } from "../read-keyring.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { UsageError } from "../usage-error.ts";

const mostSessions = 64;
const mostMessages = 50;
const mostChars = 2000;

/** Runs `sessionsmith preview`. */
export const runPreview: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  if (call.arguments.length > mostSessions)
    throw new UsageError(`preview shows at most ${mostSessions} sessions at once`);
  const limit = atMost("--messages", options.value(messagesOption) ?? 12, mostMessages);
  const maxChars = atMost("--max-chars", options.value(maxCharsOption) ?? 240, mostChars);
  const host = await io.loadHost();
  const asked = call.arguments.map((word) => askFor(call, host, word));
  const keyring = readKeyringIfGiven(call, host);
  const opener = keyring === undefined ? {} : { opener: transcriptOpener(keyring) };
  const previews = previewSessions(host, asked, { limit, maxChars, ...opener });
  if (view.json) writeJson({ ts: host.clock.now(), previews }, io.stdout);
  else io.stdout(`${previews.flatMap(previewLines).join("\n")}\n`);
  return 0;
};

/** A word that means nothing is shown as missing; one that means several is an error. */
function askFor(call: CommandCall, host: Host, word: string): AskedSession {
  const found = findInStores(chooseForSession(call, host, word), { text: word });
  try {
    const only = requireOneSession(word, found);
    return { key: only.row.key, found: only };
  } catch (error) {
    if (!isStoreError(error) || error.code !== "E_NOT_FOUND") throw error;
    return { key: word, found: undefined };
  }
}

function previewLines({ key, status, items }: SessionPreview): readonly string[] {
  const head = status === "ok" ? key : `${key} (${status})`;
  return [safeText(head), ...items.map(({ role, text }) => `  ${safeText(role)}: ${safeText(text)}`)];
}

function atMost(flag: string, value: number, most: number): number {
  if (value <= most) return value;
  throw new UsageError(`${flag} needs a whole number of at most ${most}, not ${value}`);
}
