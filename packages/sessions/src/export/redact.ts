import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";

/** What stands in the place of a secret. */
export const redacted = "[redacted]";

/** Names of fields whose value is a secret, in lower case and without separators. */
const secretNames: ReadonlySet<string> = new Set([
  "password",
  "passwd",
  "passphrase",
  "pwd",
  "secret",
  "clientsecret",
  "secretkey",
  "secretaccesskey",
  "token",
  "accesstoken",
  "refreshtoken",
  "idtoken",
  "authtoken",
  "bearertoken",
  "sessiontoken",
  "bottoken",
  "apitoken",
  "apikey",
  "xapikey",
  "privatekey",
  "signingkey",
  "encryptionkey",
  "authorization",
  "proxyauthorization",
  "cookie",
  "setcookie",
  "credential",
  "credentials",
]);

/** Tells whether a field is named after a secret: `apiKey`, `API_KEY` and `x-api-key` are; `totalTokens` is not. */
export function isSecretName(name: string): boolean {
  const plain = name.length > 64 ? "" : name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return secretNames.has(plain);
}

/** A copy in which the value of every secret field, and every secret in a text, is masked. */
export function redactJson(record: JsonObject): JsonObject {
  const fields = Object.entries(record).map(([name, value]): [string, JsonValue] => [
    name,
    value !== undefined && isSecretName(name) ? masked(value) : redactValue(value ?? null),
  ]);
  return Object.fromEntries(fields);
}

function redactValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactValue(item));
  return isJsonObject(value) ? redactJson(value) : value;
}

/** A count under such a name is none, and what is empty tells nothing. */
function masked(value: JsonValue): JsonValue {
  const isHarmless =
    value === null || value === "" || typeof value === "number" || typeof value === "boolean";
  return isHarmless ? value : redacted;
}

/** Words that a text may name a secret by, followed by `=` or `:`. */
const assignment =
  /\b(pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|authorization|cookie)([\\"']{0,2}[ \t]{0,4}[:=][ \t]{0,4}[\\"']{0,2})(?:(?:bearer|basic)[ \t]{1,4})?([^\s"'\\,;&<>]{4,})/gi;

/** `Bearer …` and `Basic …` of HTTP. */
const scheme = /\b(bearer|basic)([ \t]{1,4})([A-Za-z0-9._~+/=-]{8,})/gi;

/** The password of a URL: what stands between `:` and `@` before the host. */
const userInfo = /(:\/\/[^\s/:@]{0,128}:)([^\s/@]{1,256})(@)/g;

/** A run of characters that keys and tokens are made of. */
const run = /[A-Za-z0-9_.-]{16,}/g;

/** What the keys of known services look like, from their first character to their last. */
const knownKeys: readonly RegExp[] = [
  /^sk-[A-Za-z0-9_-]{16,}$/,
  /^(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}$/,
  /^gh[pousr]_[A-Za-z0-9]{20,}$/,
  /^github_pat_[A-Za-z0-9_]{20,}$/,
  /^glpat-[A-Za-z0-9_-]{16,}$/,
  /^xox[abeprs]-[A-Za-z0-9-]{10,}$/,
  /^(?:AKIA|ASIA)[A-Z0-9]{16}$/,
  /^AIza[A-Za-z0-9_-]{30,}$/,
  /^ya29\.[A-Za-z0-9_.-]{16,}$/,
  /^hf_[A-Za-z0-9]{20,}$/,
  /^npm_[A-Za-z0-9]{20,}$/,
  /^eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*$/,
];

/**
 * Masks the secrets that can be told in a text: private keys, passwords in URLs, credentials of HTTP, assignments to names of
 * secrets, and keys of well-known services. Linear in the length of the text. It can't know every secret.
 */
export function redactText(text: string): string {
  return redactPrivateKeys(text)
    .replace(userInfo, `$1${redacted}$3`)
    .replace(assignment, (_, name: string, sign: string) => `${name}${sign}${redacted}`)
    .replace(scheme, (_, name: string, gap: string) => `${name}${gap}${redacted}`)
    .replace(run, (found) => maskKey(found));
}

/** A sentence may end with a full stop right behind a key. */
function maskKey(found: string): string {
  const end = found.endsWith(".") ? "." : "";
  const word = found.slice(0, found.length - end.length);
  return knownKeys.some((key) => key.test(word)) ? redacted + end : found;
}

function redactPrivateKeys(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf("-----BEGIN "); at >= 0; at = text.indexOf("-----BEGIN ", at + 1)) {
    if (at < from || !/^[A-Z0-9 ]{0,40}PRIVATE KEY/.test(text.slice(at + 11, at + 70))) continue;
    const endMark = text.indexOf("-----END ", at);
    const close = endMark < 0 ? -1 : text.indexOf("-----", endMark + 9);
    parts.push(text.slice(from, at), redacted);
    // A key that is cut off is one to its end.
    from = close < 0 ? text.length : close + 5;
    if (close < 0) break;
  }
  return from === 0 && parts.length === 0 ? text : [...parts, text.slice(from)].join("");
}
