import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The version of the command itself. */
export function commandVersion(): string {
  return versionIn(require("sessionsmith/package.json"));
}

/** The versions of the packages that the command is made of, by package name. */
export function packageVersions(): Readonly<Record<string, string>> {
  return {
    "@sessionsmith/core": versionIn(require("@sessionsmith/core/package.json")),
    "@sessionsmith/maintenance": versionIn(require("@sessionsmith/maintenance/package.json")),
    "@sessionsmith/migrate": versionIn(require("@sessionsmith/migrate/package.json")),
    "@sessionsmith/sessions": versionIn(require("@sessionsmith/sessions/package.json")),
  };
}

function versionIn(manifest: unknown): string {
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  if (!isManifest || typeof manifest.version !== "string")
    throw new Error("a package.json without a version");
  return manifest.version;
}
