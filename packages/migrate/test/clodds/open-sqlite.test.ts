import { expect, test } from "vitest";
import { openSqlite } from "../../src/clodds/open-sqlite.ts";

function absent(): never {
  throw Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
}
function foreignBuild() {
  return class {
    constructor() {
      throw Object.assign(new Error("was compiled against a different version"), {
        code: "ERR_DLOPEN_FAILED",
      });
    }
    prepare(): never {
      throw new Error("never opened");
    }
    pragma(): undefined {
      return undefined;
    }
    exec(): undefined {
      return undefined;
    }
  };
}

test("without better-sqlite3 it is E_SQLITE_UNAVAILABLE, whatever the reason", () => {
  for (const load of [absent, foreignBuild])
    expect(() => openSqlite(Buffer.alloc(0), load)).toThrow(
      expect.objectContaining({
        code: "E_SQLITE_UNAVAILABLE",
        hint: expect.stringContaining("better-sqlite3"),
      }),
    );
});
