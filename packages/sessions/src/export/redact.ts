import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";

/** What stands in the place of a secret. */
export const redacted = "[redacted]";

/** Words that make every name they are part of the name of a secret: `DB_PASSWORD`, `passwordOfBot`, `SECRET_KEY_BASE`. */
const secretWords: ReadonlySet<string> = new Set([
  "password",
  "passwd",
  "passphrase",
  "pwd",
  "secret",
  "credential",
  "credentials",
]);

/** What names of secrets end with, in lower case and without separators. A `token` in front counts or cuts: `tokenCount`. */
const secretEnding =
  /(?:password|passwd|passphrase|secret|token|authorization|cookie|(?:access|api|auth|encryption|master|private|secret|signing)key)$/;

/** Where a list goes on. In capitals it is a variable, and one called `PAGE_TOKEN` holds the token of a page of Facebook. */
const cursor = /^(?:(?:next|prev|previous)?page|next|continuation)token$/;

/** A part of every word above: most names in a text have none, and are not taken apart. */
const hint = /pass|pwd|secret|token|key|cookie|credential|authorization/i;

/** Where a word begins in a name of capitals and small letters: `smtpPass`, `APIPass`. */
const wordStart = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** `DB_PASS`, `user.pass`. By itself, or in front, it is a word of tests and of many another thing. */
const endsWithPass = /[^a-z0-9]pass[^a-z0-9]*$/;

/** Only so much of a name's end is looked at. */
const longestName = 64;

/**
 * Tells whether a field or a variable is named after a secret: `apiKey`, `GITHUB_TOKEN`, `PGPASSWORD`, `DB_PASS` and `x-api-key` are;
 * `totalTokens`, `tokenCount`, `nextPageToken`, `sessionKey`, `pass_rate` and `keyboard` are not.
 */
export function isSecretName(name: string): boolean {
  if (!hint.test(name)) return false;
  const spaced = name.slice(-longestName).replaceAll(wordStart, " ").toLowerCase();
  const words = spaced.split(/[^a-z0-9]+/);
  if (endsWithPass.test(spaced) || words.some((word) => secretWords.has(word))) return true;
  const joined = words.join("");
  const isCursor = cursor.test(joined) && name !== name.toUpperCase();
  return secretEnding.test(joined) && !isCursor;
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

/**
 * A name that a text gives a value to: the whole run of its characters, or from its last full stop, so that each is read once, then
 * `=`, `:` or `:=`; or an option of a command, and a space.
 */
const naming =
  /(?:(?<name>(?<=\w)\.[\w-]+|(?<![\w-])[\w-]+)[\\"']{0,4}[ \t]{0,4}(?<sign>:=|[:=])|(?<![\w-])(?<option>--[\w-]+)(?=[ \t]{1,4}[^\s-]))[ \t]{0,4}[\\"']{0,4}/g;

/** The value of a name that ends its line, as in YAML: a block of lines further in, or a single word there that is no name itself. */
const below =
  /[ \t]*(?:[|>][-+0-9]{0,2}[ \t]*\r?\n(?<indent>[ \t]+)(?<block>\S.*(?:\r?\n(?:\k<indent>.*|[ \t]*$))*)|\r?\n[ \t]+["']?(?<word>(?!```)[^\s"'#-][^\s"']{2,}[^\s"':])["']?[ \t]*$)/dmy;

/** `first-pass: done` and `second-pass: 100%` are prose; of any other name, `smtp-pass: swordfish`, nobody can tell. */
const passOfProse = /^(?:first|second|third|next|last|final|single|one|two|three|multi)-pass$/i;
const prose = /^(?:[a-z]+|[0-9.,/%]+)[.!?)]*$/i;

/** The value behind a name. */
const assigned = /(?:(?:bearer|basic|token|apikey)[ \t]{1,4})?[^\s"'\\,;&<>]{4,}/iy;

/** The value in quotes, which may be those of a text in quotes itself: to the same quote on the same line. */
const quoted = /(?<quote>\\*["'])(?<inside>.*?)(?<!\\)\k<quote>/dy;

/** A header of cookies, and these with whatever belongs to them. */
const cookieName = /cookie$/i;
const cookies = /[\w.$!*-]+=[^\r\n"'\\]*/y;

/** Quotes that a value may stand in. */
const openingQuotes = /[\\"']*$/;

/** Fewer characters in quotes, or without, are not taken for a secret. */
const shortestSecret = 4;

/** `Bearer …` and `Basic …` of HTTP. */
const scheme = /\b((?:bearer|basic)[ \t]{1,4})([A-Za-z0-9._~+/=-]{8,})/gi;

/** What stands behind `basic` and `bearer` in prose: a single word. */
const plainWord = /^[A-Z]?[a-z]{1,24}\.?$/;

/** The password of a URL: what stands between `:` and `@` before the host. */
const userInfo = /(:\/\/[^\s/:@]{0,128}:)([^\s/@]{1,256})(@)/g;

/** Whoever has the address of a webhook may post there. */
const webhook =
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/(?:v[0-9]{1,2}\/)?webhooks\/)[A-Za-z0-9_/-]+/gi;

/** The token of a Telegram bot, also where a URL has it behind `/bot`. */
const telegramToken = /(?<![0-9])[0-9]{8,10}(?::|%3A)[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/gi;

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
  /^xapp-[A-Za-z0-9-]{10,}$/,
  // Of a Discord bot: its id in Base64, a time, a signature.
  /^[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}$/,
  /^(?:gsk|r8|whsec|dop_v1)_[A-Za-z0-9]{20,}$/,
  /^(?:xai|pplx|tvly|GOCSPX)-[A-Za-z0-9_-]{20,}$/,
  /^SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}$/,
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
  return redactAssigned(redactPrivateKeys(text).replace(userInfo, `$1${redacted}$3`))
    .replace(scheme, (found, named: string, value: string) =>
      plainWord.test(value) ? found : named + redacted,
    )
    .replace(telegramToken, redacted)
    .replace(webhook, `$1${redacted}`)
    .replace(run, (found) => maskKey(found));
}

/** Masks the values of names of secrets. The value of another name may hold such a name itself, as URLs do. */
function redactAssigned(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const named of text.matchAll(naming)) {
    if (named.index < from) continue;
    const place = secretOf(named, text);
    if (place === undefined) continue;
    parts.push(text.slice(from, place[0]), redacted);
    from = place[1];
  }
  return [...parts, text.slice(from)].join("");
}

/** From where to where a secret goes: the value of a name of secrets. */
function secretOf(
  { index, 0: match, groups: { name, sign, option } = {} }: RegExpExecArray,
  text: string,
): readonly [number, number] | undefined {
  if (!isSecretName(name ?? option ?? "")) return undefined;
  const start = index + match.length;
  const inside = quotedAt(start - (openingQuotes.exec(match.slice(-4))?.[0].length ?? 0), text);
  if (inside !== undefined) return inside;
  const cookiesThere =
    sign === ":" && cookieName.test(name ?? "") ? matchAt(cookies, start, text) : undefined;
  const value = (cookiesThere ?? matchAt(assigned, start, text))?.[0];
  if (value !== undefined) {
    const isBare = sign === ":" && /[ \t:]/.test(text.charAt(start - 1));
    const isProse = isBare && passOfProse.test(name ?? "") && prose.test(value);
    return isProse ? undefined : [start, start + value.length];
  }
  if (sign !== ":") return undefined;
  const places = matchAt(below, start, text)?.indices?.groups;
  return places?.["block"] ?? places?.["word"];
}

/** Where what is in the quotes at a place is, if that may be a secret. */
function quotedAt(place: number, text: string): readonly [number, number] | undefined {
  const inside = matchAt(quoted, place, text)?.indices?.groups?.["inside"];
  return inside !== undefined && inside[1] - inside[0] >= shortestSecret ? inside : undefined;
}

function matchAt(sticky: RegExp, place: number, text: string): RegExpExecArray | null {
  sticky.lastIndex = place;
  return sticky.exec(text);
}

/** A sentence may end with full stops right behind a key, and a key may be a part of a name. */
function maskKey(found: string): string {
  let end = found.length;
  while (found[end - 1] === ".") end -= 1;
  if (isKnownKey(found.slice(0, end))) return redacted + found.slice(end);
  return found
    .split(".")
    .map((part) => (isKnownKey(part) ? redacted : part))
    .join(".");
}

function isKnownKey(word: string): boolean {
  return knownKeys.some((key) => key.test(word));
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
