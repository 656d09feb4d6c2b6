import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCli } from "../fake-io.ts";

function versionIn(path: string): string {
  return JSON.parse(readFileSync(new URL(`../../../../${path}/package.json`, import.meta.url), "utf8"))
    .version;
}

test.each([[["version"]], [["--version"]], [["-V"]]])(
  "%j prints the version of the command",
  async (argv) => {
    expect(await runCli(argv)).toEqual({ status: 0, stdout: `${versionIn("apps/cli")}\n`, stderr: "" });
  },
);

test("as JSON with the versions of the packages", async () => {
  const { stdout } = await runCli(["--version", "--json"]);
  expect(JSON.parse(stdout)).toEqual({
    version: versionIn("apps/cli"),
    node: process.versions.node,
    packages: {
      "@sessionsmith/core": versionIn("packages/core"),
      "@sessionsmith/maintenance": versionIn("packages/maintenance"),
      "@sessionsmith/migrate": versionIn("packages/migrate"),
      "@sessionsmith/sessions": versionIn("packages/sessions"),
    },
  });
});
