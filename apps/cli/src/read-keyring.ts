import { errnoOf, readWholeFile, StoreError } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import { createKeyring } from "@sessionsmith/sessions";
import type { Keyring } from "@sessionsmith/sessions";
import { resolve } from "node:path";
import type { CommandCall } from "./command-spec.ts";
import { keyFileOption, newKeyFileOption } from "./options/key-options.ts";
import { safeText } from "./render/safe-text.ts";

/** The longest key file that is read, in bytes. */
const keyFileLimitBytes = 4096;

const places = {
  key: { option: keyFileOption, variable: "SESSIONSMITH_KEY", flag: "--key-file" },
  newKey: { option: newKeyFileOption, variable: "SESSIONSMITH_NEW_KEY", flag: "--new-key-file" },
} as const;

/**
 * Reads the encryption key, from the file that a flag names or else from the environment. Warns if others may read the file.
 * @throws StoreError E_KEY if there is none, or it is no key; no message ever holds it
 */
export function readKeyring(call: CommandCall, host: Host, which: keyof typeof places = "key"): Keyring {
  const { variable, flag } = places[which];
  const text = readKeyTextIfGiven(call, host, which);
  if (text !== undefined) return createKeyring(text);
  throw new StoreError("E_KEY", `There is no encryption key. Nothing was changed.`, {
    hint: `Put it into ${variable}, or into a file, and name that with ${flag}.`,
  });
}

/** {@link readKeyring} for a command that needs a key only for what is encrypted; undefined if none is given. */
export function readKeyringIfGiven(call: CommandCall, host: Host): Keyring | undefined {
  const text = readKeyTextIfGiven(call, host);
  return text === undefined ? undefined : createKeyring(text);
}

/** The text of the key, undefined if none is given. @throws StoreError E_KEY if the file can't be read */
export function readKeyTextIfGiven(
  call: CommandCall,
  host: Host,
  which: keyof typeof places = "key",
): string | undefined {
  const { option, variable } = places[which];
  const path = call.options.value(option);
  const text = path === undefined ? call.io.env[variable] : readKeyFile(call, host, resolve(host.cwd, path));
  return text === undefined || text.trim() === "" ? undefined : text;
}

function readKeyFile({ io }: CommandCall, { fs }: Host, path: string): string {
  try {
    const file = readWholeFile(fs, fs.realpath(path) ?? path, keyFileLimitBytes);
    if (file.state !== "read") throw noKeyFile(path, file.state);
    if ((file.fact.mode & 0o077) !== 0)
      io.stderr(`sessionsmith: others may read ${safeText(path)}; make it yours alone (chmod 600).\n`);
    return file.bytes.toString("utf8");
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw noKeyFile(path, errno);
  }
}

function noKeyFile(path: string, why: string): StoreError {
  return new StoreError("E_KEY", `${path} can't be read as a key file (${why}). Nothing was changed.`, {
    hint: "A key file is a text file of one line.",
    details: { path },
  });
}
