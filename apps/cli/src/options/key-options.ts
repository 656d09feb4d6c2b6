import { anyText } from "./parsers.ts";
import type { FlagSpec, ValueSpec } from "./option-spec.ts";

/** Where the key is. A key is never the value of a flag: everybody on the machine sees those. */
export const keyFileOption: ValueSpec<string> = {
  kind: "value",
  flags: "--key-file <file>",
  description: "the file with the encryption key (default: the key in SESSIONSMITH_KEY)",
  parse: anyText("--key-file"),
};

/** Where the key is that a rotation changes to. */
export const newKeyFileOption: ValueSpec<string> = {
  kind: "value",
  flags: "--new-key-file <file>",
  description: "with --rotate: the file with the new key (default: the key in SESSIONSMITH_NEW_KEY)",
  parse: anyText("--new-key-file"),
};

/** Another key for what is encrypted. */
export const rotateOption: FlagSpec = {
  kind: "flag",
  flags: "--rotate",
  description: "give sessions that are encrypted a new key, and leave the others alone",
};

/** Encrypts also what OpenClaw reads. */
export const forceEncryptOption: FlagSpec = {
  kind: "flag",
  flags: "--force",
  description: "also in a store of OpenClaw, whose own repair would drop the encrypted lines",
};

/** Decrypts without the row. */
export const withoutSealOption: FlagSpec = {
  kind: "flag",
  flags: "--without-seal",
  description:
    "decrypt what there is: also where the row is lost that tells how many lines there are, and plain lines that another program " +
    "has added",
};
