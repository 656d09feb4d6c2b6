import { dirname, isAbsolute, join, normalize } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveSessionFile, sessionFileBaseName, transcriptName } from "../../src/layout/contained-path.ts";

const store = { sessionsDir: "/s/agents/main/sessions", realDir: "/real/main", indexName: "sessions.json" };
const piece = constantFrom(
  "..",
  ".",
  "/",
  "//",
  "\\",
  "\0",
  "a.jsonl",
  "sessions.json",
  "x",
  "~",
  "sessions",
  "agents",
  "main",
  " ",
  "/s/agents/main/sessions",
  "/real/main/",
  "\ud800",
  "\u0301",
  ".lock",
  "\n",
  ".sessionsmith",
  "C:",
);
const hostileText = oneof(
  array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  array(piece, { maxLength: 12 }).map((pieces) => pieces.join("/")),
  string({ unit: "binary" }),
);
const runs = { numRuns: 5000 };

function isPlainName(name: string): boolean {
  return (
    !/[/\\\0]|\p{Surrogate}/u.test(name) &&
    !["", ".", "..", "sessions.json", ".sessionsmith"].includes(name) &&
    Buffer.byteLength(name) <= 255
  );
}

/** Joining such a name does not leave the directory. */
const stays = (name: string) => join(store.sessionsDir, name) === `${store.sessionsDir}/${name}`;

const again = (name: string) =>
  [name, `${store.sessionsDir}/${name}`, `${store.realDir}/${name}`].map((text) =>
    resolveSessionFile(text, store),
  );

const isOutside = (path: string) =>
  path === normalize(path) && isAbsolute(path) && ![store.sessionsDir, store.realDir].includes(dirname(path));

describe("resolveSessionFile", () => {
  test("inside is one plain name that stays in the directory", () => {
    assert(
      property(hostileText, (text) => {
        const place = resolveSessionFile(text, store);
        return place.kind !== "inside" || (isPlainName(place.name) && stays(place.name));
      }),
      runs,
    );
  });

  test("what is inside is inside by its name and by both paths of the directory", () => {
    assert(
      property(hostileText, (text) => {
        const place = resolveSessionFile(text, store);
        return place.kind !== "inside" || again(place.name).every((each) => isDeepStrictEqual(each, place));
      }),
      runs,
    );
  });

  test("outside is a normalised absolute path that is not directly in the directory", () => {
    assert(
      property(hostileText, (text) => {
        const place = resolveSessionFile(text, store);
        return place.kind !== "outside" || isOutside(place.path);
      }),
      runs,
    );
  });

  test("a megabyte of hostile text leads nowhere inside (quadratic work would not end here)", () => {
    for (const part of ["../", "x/../", "a", "_", "./"]) {
      const text = part.repeat(1_000_000 / part.length);
      expect(resolveSessionFile(text, store).kind).not.toBe("inside");
      expect(sessionFileBaseName(text, "sessions.json")).toBeUndefined();
    }
  });
});

describe("names made from other texts", () => {
  test.each([
    ["sessionFileBaseName", (text: string) => sessionFileBaseName(text, store.indexName)],
    ["transcriptName", transcriptName],
  ])("%s is a plain name or nothing", (_, make) => {
    assert(
      property(hostileText, (text) => {
        const name = make(text);
        return name === undefined || isPlainName(name);
      }),
      runs,
    );
  });
});
