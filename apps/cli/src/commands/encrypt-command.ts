import type { CommandSpec } from "../command-spec.ts";
import { forceEncryptOption, keyFileOption, newKeyFileOption, rotateOption } from "../options/key-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith encrypt`. */
export const encryptCommand: CommandSpec = {
  name: "encrypt",
  summary: "encrypt transcripts, or change their key",
  description: [
    "Encrypts the lines of transcripts with AES-256-GCM, each bound to its session, its place and the line before; the first line, " +
      "the header, stays as it is. Without a session it takes all of the store. No clear copy is left in the trash: there lies the " +
      "encrypted form, so that `sessionsmith undo` needs the key, too.",
    "The key is 32 random bytes (64 hex digits, or base64), or a passphrase of at least 12 characters. It comes from SESSIONSMITH_KEY " +
      "or a file, and never from a flag. Who loses it loses the conversations.",
    "A store that OpenClaw works on is refused: OpenClaw can't read encrypted lines, and its own repair drops them.",
  ],
  arguments: [{ name: "[session]", description: "one session, or several: key, session id, label or glob" }],
  optionGroups: [
    {
      heading: "How",
      options: [previewOption, keyFileOption, rotateOption, newKeyFileOption, forceEncryptOption],
    },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith encrypt --store bot/sessions.json --dry-run", purpose: "what would be encrypted" },
    {
      line: "sessionsmith encrypt --store bot/sessions.json --key-file bot.key",
      purpose: "encrypt all sessions of a store",
    },
    {
      line: "sessionsmith encrypt --rotate --store bot/sessions.json --key-file bot.key --new-key-file new.key",
      purpose: "change the key",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../encrypting.ts")).runEncrypt,
};
