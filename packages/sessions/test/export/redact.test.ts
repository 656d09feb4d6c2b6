import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecretName, redactJson, redactText } from "../../src/export/redact.ts";

const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N"].join(".");

/** Names of which the secret word is only a part. */
const compoundNames = [
  "OPENAI_API_KEY",
  "GITHUB_TOKEN",
  "github_token",
  "DB_PASSWORD",
  "DB_PASSWORD_PROD",
  "SECRET_KEY",
  "SECRET_KEY_BASE",
  "access_token",
  "bot_token",
  "botToken",
  "AWS_SECRET_ACCESS_KEY",
  "aws_secret_access_key",
  "PGPASSWORD",
  "_authToken",
  "--client-secret",
  "DB_PASS",
  "SMTP_PASS",
  "smtpPass",
  "APIPass",
  "DB_PASS_",
  "user.pass",
  "--db-pass",
  "PAGE_TOKEN",
  "FB_PAGE_TOKEN",
  "fbPageToken",
];

const harmlessNames = [
  "totalTokens",
  "contextTokens",
  "inputTokens",
  "max_tokens",
  "tokenCount",
  "token_count",
  "tokenizer",
  "secretary",
  "passwordless",
  "compass",
  "bypass",
  "by_passenger",
  "passenger",
  "pass",
  "PASS",
  "pass_rate",
  "passRate",
  "test_pass_rate",
  "passed",
  "tests_passed",
  "nextPageToken",
  "next_page_token",
  "prevPageToken",
  "pageToken",
  "--page-token",
  "NextToken",
  "continuation_token",
  "keys",
  "keyboard",
  "monkey",
  "sessionKey",
  "publicKey",
  "OLDPWD",
];

/** Of the form that BotFather hands out, but nobody's. */
const botToken = ["1234567890", "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"].join(":");

describe("redactText", () => {
  test.each(compoundNames)("%s names a secret, however it is assigned", (name) => {
    expect(redactText(`export ${name}=abcdEFGH1234; next`)).toBe(`export ${name}=[redacted]; next`);
    expect(redactText(`${name}: abcdEFGH1234`)).toBe(`${name}: [redacted]`);
    expect(redactText(`{"${name}":"abcdEFGH1234"}`)).toBe(`{"${name}":"[redacted]"}`);
    expect(redactText(`https://x.example/?${name}=abcdEFGH1234&y=1`)).toBe(
      `https://x.example/?${name}=[redacted]&y=1`,
    );
    expect(redactText(`ENV=${name}=abcdEFGH1234`)).toBe(`ENV=${name}=[redacted]`);
  });

  test.each(harmlessNames)("%s names no secret", (name) => {
    for (const text of [`${name}=12345678`, `${name}: 12345678`, `{"${name}":"12345678"}`]) {
      expect(redactText(text)).toBe(text);
    }
  });

  test.each([
    [`my bot is ${botToken}.`, "my bot is [redacted]."],
    [
      `curl https://api.telegram.org/bot${botToken}/getMe`,
      "curl https://api.telegram.org/bot[redacted]/getMe",
    ],
    [`bot${botToken.replace(":", "%3A")}/getMe`, "bot[redacted]/getMe"],
  ])("the token of a Telegram bot is masked: %j", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

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
    ["mysqldump --db-pass hunter2 --all", "mysqldump --db-pass [redacted] --all"],
    ['run --token "abcd1234"', 'run --token "[redacted]"'],
    ["db-pass: hunter2", "db-pass: [redacted]"],
    ["smtp-pass: swordfish", "smtp-pass: [redacted]"],
    ["db-pass: 12345678", "db-pass: [redacted]"],
    ["db-pass=swordfish", "db-pass=[redacted]"],
    ['db-pass: "swordfish"', 'db-pass: "[redacted]"'],
    ["DB_PASS:\n  hunter2\nPORT: 80", "DB_PASS:\n  [redacted]\nPORT: 80"],
    ['  "password":\r\n    "hunter2"', '  "password":\r\n    "[redacted]"'],
    ["  DB_PASS: |-\n    one line\n\n    more\n  PORT: 80", "  DB_PASS: |-\n    [redacted]\n  PORT: 80"],
    ["ghp_0123456789abcdefghij0123456789abcdef", "[redacted]"],
    ["xoxb-1234567890-abcdef", "[redacted]"],
    [`DISCORD ${["MTIzNDU2Nzg5MDEyMzQ1Njc4", "GabcdE", "a".repeat(38)].join(".")}!`, "DISCORD [redacted]!"],
    [`at ${["SG", "abcdefghij0123456789ab", "c".repeat(43)].join(".")}.`, "at [redacted]."],
    [["xapp-1", "A0123456789", "1234567890123"].join("-"), "[redacted]"],
    [`gsk_${"a1".repeat(26)}, xai-${"B2".repeat(40)}`, "[redacted], [redacted]"],
    [
      `post to https://hooks.slack.com/services/${["T00000000", "B00000000", "x".repeat(24)].join("/")} now`,
      "post to https://hooks.slack.com/services/[redacted] now",
    ],
    [
      `https://discord.com/api/webhooks/${["123456789012345678", "y".repeat(68)].join("/")}?wait=true`,
      "https://discord.com/api/webhooks/[redacted]?wait=true",
    ],
    ["dbPassword := hunter2", "dbPassword := [redacted]"],
    ["-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nrest", "[redacted]\nrest"],
    ["-----BEGIN PRIVATE KEY-----\nabc", "[redacted]"],
    ['{"password": "correct horse, battery", "x": "y"}', '{"password": "[redacted]", "x": "y"}'],
    ["password: 'it is one; of four' # x", "password: '[redacted]' # x"],
    ['"{\\"password\\":\\"a b\\\\\\"c d\\",\\"x\\":1}"', '"{\\"password\\":\\"[redacted]\\",\\"x\\":1}"'],
    ['run --token "two words" next', 'run --token "[redacted]" next'],
    ['password="cut off', 'password="cut off'],
    ['password="swordfish\nx="1"', 'password="[redacted]\nx="1"'],
    ["Authorization: Token abcd1234", "Authorization: [redacted]"],
    ["Cookie: theme=dark; sid=abcd1234\nHost: x", "Cookie: [redacted]\nHost: x"],
    ["curl -H 'Cookie: a=b; c=d' x", "curl -H 'Cookie: [redacted]' x"],
    ["it is sk-abcdefghijklmnopqrst...", "it is [redacted]..."],
    [`${jwt}...`, "[redacted]..."],
    ["x.ghp_0123456789abcdefghij0123456789abcdef.git", "x.[redacted].git"],
  ])("%j", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  test.each([
    "how do I reset my password?",
    "totalTokens: 123, contextTokens: 5",
    "the basic idea, a bearer of news",
    "a basic understanding. Basic authentication, bearer credentials",
    '{"password": "", "x": "some text"}',
    "6ae2b580-e5fe-4370-a3ed-34892452c49f and e3b0c44298fc1c149afbf4c8996fb92427ae41e4",
    "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
    "https://example.com:8080/path@here",
    `12345678:${"0".repeat(40)}`,
    "first-pass: done, second-pass: 80%, by user.passenger: none",
    "login --password --verbose",
    "SG.1, xapp-1, gsk_1 and M.a.b are none; see https://api.slack.com/messaging/webhooks",
    "password.txt: some text, secret.example.com:8080",
    "password:\n  valueFrom:\n    secretKeyRef: x\n",
    "password:\n  two words\ntoken:\nnext",
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
            "_token",
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
    ["my_token_", ""],
    ["secret-", ""],
    ["a:", ""],
    ["token=abc ", ""],
    ["token=", ""],
    ["12345678:", ""],
    ["token:\n  ", ""],
    [" \n", "token: |\n  x"],
    ["--token ", ""],
    ["x", "token:\n  "],
    ["hooks.slack.com/services/", ""],
    ["discord.com/api/v1", ""],
    ['token="\\', ""],
    ["token='\"", ""],
    ["cookie: a=", ""],
    [".", "a"],
    ["a.", ""],
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

  test.each(compoundNames)("a field %s is masked", (name) => {
    expect(redactJson({ env: { [name]: "abcdEFGH1234" } })).toEqual({ env: { [name]: "[redacted]" } });
  });

  test.each(harmlessNames)("%s is no secret", (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
