import { envelopeKind, type JsonObject, type JsonValue } from "@sessionsmith/core";
import type { CheckpointRestore } from "@sessionsmith/core/store";
import type { LineEnd } from "../encryption/line-codec.ts";
import { extensionsWithSeal } from "../encryption/row-seal.ts";
import { tampered } from "../encryption/tampered.ts";
import { codecOf, freshCodec, type Protection } from "./protection.ts";
import { decodeRecord, encodeRecord, storedRecord } from "./record-codec.ts";

/** The lines of a checkpoint on their way into a transcript. */
export interface RestoredLines {
  readonly from: { readonly sessionId: string; readonly seal: JsonValue | undefined; readonly place: string };
  readonly to: { readonly sessionId: string; readonly place: string };
  /** True if the checkpoint is one of an encrypted session. */
  readonly isEncrypted: boolean;
  /** What else becomes of the lines, in clear. */
  readonly rewrite: CheckpointRestore["rewrite"];
}

/** How they get there: decrypted and checked, and encrypted with a key that nothing else has. */
export interface Rewriting {
  readonly rewrite: NonNullable<CheckpointRestore["rewrite"]>;
  /** The lines of the checkpoint in clear, as often as they are asked for. */
  readonly clear: (lines: Iterable<JsonObject>) => Iterable<JsonObject>;
  /** The row that vouches for the transcript that these lines become. */
  readonly sealed: (entry: JsonObject, lines: Iterable<JsonObject>) => JsonObject;
}

/** Prepares a restore. May be run several times; it makes the same lines each time. @throws StoreError E_KEY */
export function rewriteForRestore(
  protection: Protection,
  { from, to, isEncrypted, rewrite = (lines) => lines }: RestoredLines,
): Rewriting {
  if (!isEncrypted && !protection.encrypts) {
    const plain = (lines: Iterable<JsonObject>) => again(() => plainOnly(lines, from.place));
    return { rewrite: (lines) => rewrite(plain(lines)), clear: plain, sealed: (entry) => entry };
  }
  const codec = freshCodec(protection, to);
  const opening = storedRecord(codec.opening ?? "");
  const clear = (lines: Iterable<JsonObject>) => again(() => decrypted(lines, protection, from));
  const encoded = function* (lines: Iterable<JsonObject>) {
    let end: LineEnd = codec.start;
    for (const record of rewrite(clear(lines))) {
      const line = encodeRecord(codec, record, end);
      end = line.end;
      yield line;
    }
  };
  return {
    rewrite: function* (lines) {
      yield opening;
      for (const { record } of encoded(lines)) yield record;
    },
    clear,
    sealed: (entry, lines) => {
      let end: LineEnd = codec.start;
      for (const line of encoded(lines)) end = line.end;
      const extensions = extensionsWithSeal(entry, codec.seal(end, undefined));
      return extensions === undefined ? entry : { ...entry, pluginExtensions: extensions };
    },
  };
}

function again(lines: () => Iterator<JsonObject>): Iterable<JsonObject> {
  return { [Symbol.iterator]: lines };
}

/** Lines of a checkpoint that says that it is plain. */
function* plainOnly(lines: Iterable<JsonObject>, place: string): Generator<JsonObject> {
  for (const record of lines) {
    if (envelopeKind(record) !== undefined)
      throw tampered(place, undefined, "one of its lines is encrypted, and its note is not");
    yield record;
  }
}

/** A checkpoint of an encrypted session may be of a time when it had no line, or was plain. */
function* decrypted(
  lines: Iterable<JsonObject>,
  protection: Protection,
  { sessionId, seal, place }: RestoredLines["from"],
): Generator<JsonObject> {
  let isFirst = true;
  let open: { readonly codec: ReturnType<typeof codecOf>; readonly sealed: LineEnd | undefined } | undefined;
  let end: LineEnd | undefined;
  for (const record of lines) {
    if (isFirst && envelopeKind(record) !== undefined) {
      const codec = codecOf(protection, record, { sessionId, place });
      open = { codec, sealed: codec.checkSeal(seal, undefined) };
      end = codec.start;
    } else if (open === undefined || end === undefined) {
      if (envelopeKind(record) !== undefined || seal !== undefined)
        throw tampered(place, undefined, "its lines are not those that its note vouches for");
      yield record;
    } else {
      const line = decodeRecord(open.codec, { record, after: end }, place);
      end = line.end;
      if (open.sealed?.count === end.count && open.sealed.tag !== end.tag)
        throw tampered(place, end.count, "it is not the one that its note vouches for");
      yield line.record;
    }
    isFirst = false;
  }
  const sealedCount = open?.sealed?.count ?? 0;
  if ((end?.count ?? 0) < sealedCount) throw tampered(place, undefined, "lines are missing at its end");
  if (isFirst && seal !== undefined) throw tampered(place, undefined, "its lines are missing");
}
