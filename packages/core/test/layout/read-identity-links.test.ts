import { expect, test } from "vitest";
import { readIdentityLinks } from "../../src/layout/read-identity-links.ts";
import type { SettingsReport } from "../../src/layout/settings-object.ts";
import type { JsonValue } from "../../src/json-value.ts";

function read(identityLinks: JsonValue) {
  const report: SettingsReport = { file: "openclaw.json", findings: [] };
  const links = readIdentityLinks({ path: "session", members: { identityLinks } }, report);
  return { links, fields: report.findings.map(({ id, place }) => `${id} ${place.field ?? ""}`) };
}

test("links are read in file order, with the names that they have", () => {
  const given = { " Ann ": ["telegram:5", "signal:7"], ["__proto__"]: ["x"], blank: [" "], "": ["y"] };
  expect(read(given)).toEqual({
    links: [
      { name: "Ann", peers: ["telegram:5", "signal:7"] },
      { name: "__proto__", peers: ["x"] },
    ],
    fields: [],
  });
});

test.each([
  ["telegram:5", ["settings-invalid-value session.identityLinks"]],
  [[["telegram:5"]], ["settings-invalid-value session.identityLinks"]],
  [{ ann: "telegram:5" }, ["settings-invalid-value session.identityLinks.ann"]],
  [{ ann: ["telegram:5", 7], bob: [] }, ["settings-invalid-value session.identityLinks.ann"]],
  [{ $include: "links.json5" }, ["settings-include session.identityLinks.$include"]],
])("%j is not taken for links", (given, fields) => {
  expect(read(given)).toEqual({ links: [], fields });
});
