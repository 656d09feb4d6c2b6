import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecretName, redactJson, redactText } from "../../src/export/redact.ts";

const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N"].join(".");

describe("redactText", () => {
  test.each([
    ["the key is sk-abcdefghijklmnopqrst.", "the key is [redacted]."],
    [`token ${jwt} here`, "token [redacted] here"],
    ["Authorization: Bearer abcdefghijklmnop", "Authorization: [redacted]"],
    ["send Basic dXNlcjpwYXNzd29yZA== now", "send Basic [redacted] now"],
    ["postgres://me:hunter2@db:5432/x", "postgres://me:[redacted]@db:5432/x"],
    ["PASSWORD=hunter22 next", "PASSWORD=[redacted] next"],
    ['{"api_key": "abcd1234"}', '{"api_key": "[redacted]"}'],
    ['\\"password\\":\\"hunter22\\"', '\\"password\\":\\"[redacted]\\"'],
    ["AKIAIOSFODNN7EXAMPLE", "[redacted]"],
    ["ghp_0123456789abcdefghij0123456789abcdef", "[redacted]"],
    ["xoxb-1234567890-abcdef", "[redacted]"],
    ["-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nrest", "[redacted]\nrest"],
    ["-----BEGIN PRIVATE KEY-----\nabc", "[redacted]"],
  ])("%j", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  test.each([
    "how do I reset my password?",
    "totalTokens: 123, contextTokens: 5",
    "the basic idea, a bearer of news",
    "6ae2b580-e5fe-4370-a3ed-34892452c49f and e3b0c44298fc1c149afbf4c8996fb92427ae41e4",
    "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
    "https://example.com:8080/path@here",
  ])("leaves %j", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("what is masked once stays as it is", () => {
    assert(
      property(
        string({
          unit: constantFrom(
            "sk-",
            "a",
            ":",
            "=",
            "password",
            " ",
            '"',
            "Bearer ",
            "@",
            "://",
            "eyJ",
            ".",
            "-----BEGIN ",
            "PRIVATE KEY-----",
          ),
        }),
        (text) => {
          const once = redactText(text);
          expect(redactText(once)).toBe(once);
        },
      ),
    );
  });

  test.each([
    ["a", "eyJ"],
    [" ", "Bearer "],
    ["eyJ-", ""],
    ["password", ""],
    ["://a:", ""],
    ["-----BEGIN PRIVATE KEY-----", ""],
    ["sk-a.", ""],
    ["token= ", ""],
    ["-----BEGIN ", ""],
  ])("a long text of %j is no trap: quadratic work would never end here", (unit, head) => {
    const text = head + unit.repeat(Math.ceil(2_000_000 / unit.length));
    expect(redactText(text).length).toBeGreaterThan(0);
  });
});

describe("redactJson", () => {
  test("the value of a field that is named after a secret is masked, wherever it is", () => {
    const row = {
      apiKey: "x",
      nested: [{ "X-API-Key": "y", cookie: { a: "b" }, token: 5, label: "z" }],
      password: "",
    };
    expect(redactJson(row)).toEqual({
      apiKey: "[redacted]",
      nested: [{ "X-API-Key": "[redacted]", cookie: "[redacted]", token: 5, label: "z" }],
      password: "",
    });
  });

  test.each(["totalTokens", "contextTokens", "tokenizer", "secretary", "keys"])("%s is no secret", (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
