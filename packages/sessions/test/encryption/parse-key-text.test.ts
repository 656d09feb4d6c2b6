import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { parseKeyText } from "../../src/encryption/parse-key-text.ts";

const hexKey = "0f".repeat(32);

describe("parseKeyText", () => {
  test.each([
    ["64 hex digits", hexKey],
    ["in capitals", hexKey.toUpperCase()],
    ["with a line end, as a file has it", `${hexKey}\n`],
    ["base64 of 32 bytes", Buffer.from(hexKey, "hex").toString("base64")],
  ])("%s are a random key", (_, text) => {
    const { kind, secret } = parseKeyText(text);
    expect(kind).toBe("random");
    expect(secret.export().toString("hex")).toBe(hexKey);
  });

  test.each([
    ["63 hex digits", hexKey.slice(1)],
    ["base64 of 31 bytes", Buffer.alloc(31).toString("base64")],
    ["words", "correct horse battery staple"],
    ["12 characters outside of the basic plane", "😀".repeat(12)],
  ])("%s are a passphrase", (_, text) => {
    expect(parseKeyText(text).kind).toBe("passphrase");
  });

  test("two spellings of one character are the same passphrase", () => {
    const [a, b] = ["\u00e4", "a\u0308"].map((letter) => parseKeyText(`passphrase with ${letter}`));
    expect(a?.secret.export()).toEqual(b?.secret.export());
  });

  test.each(["", "   ", "hunter2", "eleven chars".slice(1)])("%j is too short, and never quoted", (text) => {
    const thrown = catchError(() => parseKeyText(text));
    expect(thrown).toMatchObject({ code: "E_KEY" });
    expect(inspect(thrown)).not.toContain(text.trim() || "what is not there");
  });

  test("a key does not show when it is printed", () => {
    expect(inspect(parseKeyText("correct horse battery staple"), { depth: 9, showHidden: true })).not.toMatch(
      /horse|636f7272|99, 111, 114/,
    );
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
