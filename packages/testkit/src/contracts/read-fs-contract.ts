import { deepStrictEqual, equal, throws } from "node:assert/strict";
import type { ReadFs } from "@sessionsmith/core";
import { assertFails, type ContractCase, putText, textAt, textOf } from "./contract-case.ts";

/** Every reading call by path, with the name that Node gives it in errors. */
const readingCalls: readonly (readonly [syscall: string, call: (fs: ReadFs, path: string) => unknown])[] = [
  ["lstat", (fs, path) => fs.lstat(path)],
  ["stat", (fs, path) => fs.stat(path)],
  ["scandir", (fs, path) => fs.readdir(path)],
  ["realpath", (fs, path) => fs.realpath(path)],
  ["readlink", (fs, path) => fs.readlink(path)],
  ["open", (fs, path) => fs.withFile(path, () => "opened")],
];

/** What every `ReadFs` must do. */
export const readFsContract: readonly ContractCase[] = [
  {
    name: "a missing name, and a name in a missing directory, are undefined",
    check: ({ fs, at }) => {
      for (const [, call] of readingCalls) {
        equal(call(fs, at("none")), undefined);
        equal(call(fs, at("none/none")), undefined);
      }
    },
  },
  {
    name: "a way that leads through a file fails with ENOTDIR",
    check: ({ fs, at }) => {
      putText(fs, at("file"), "");
      for (const [syscall, call] of readingCalls) {
        assertFails(() => call(fs, at("file/x")), `ENOTDIR: not a directory, ${syscall}`, [at("file/x")]);
      }
    },
  },
  {
    name: "a name of 256 bytes fails with ENAMETOOLONG, one of 255 is missing",
    check: ({ fs, at }) => {
      const longest = `${"é".repeat(127)}e`;
      equal(fs.lstat(at(longest)), undefined);
      assertFails(() => fs.lstat(at(`${longest}e`)), "ENAMETOOLONG: name too long, lstat", [
        at(`${longest}e`),
      ]);
    },
  },
  {
    name: "lstat tells kind, size, mode and links, and does not follow",
    check: ({ fs, at, symlink, makeFifo }) => {
      fs.createFile(at("file"), 0o640, (file) => file.write(Buffer.from("abc")));
      fs.link(at("file"), at("twin"));
      fs.makeDir(at("dir"), 0o750);
      symlink("file", at("link"));
      makeFifo(at("fifo"));
      const { kind, size, mode, nlink, ino } = fs.lstat(at("file")) ?? {};
      deepStrictEqual([kind, size, mode, nlink], ["file", 3, 0o640, 2]);
      equal(fs.lstat(at("twin"))?.ino, ino);
      deepStrictEqual([fs.lstat(at("dir"))?.kind, fs.lstat(at("dir"))?.mode], ["directory", 0o750]);
      deepStrictEqual([fs.lstat(at("link"))?.kind, fs.lstat(at("link"))?.size], ["symlink", 4]);
      equal(fs.lstat(at("fifo"))?.kind, "fifo");
      equal(fs.lstat(at(""))?.kind, "directory");
    },
  },
  {
    name: "stat follows links, of which a dangling one is undefined and a loop fails with ELOOP",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("file"), "abc");
      symlink("file", at("link"));
      symlink(at("link"), at("far"));
      symlink("none", at("dangling"));
      symlink("loop", at("loop"));
      deepStrictEqual([fs.stat(at("far"))?.kind, fs.stat(at("far"))?.size], ["file", 3]);
      equal(fs.stat(at("dangling")), undefined);
      assertFails(() => fs.stat(at("loop")), "ELOOP: too many symbolic links encountered, stat", [
        at("loop"),
      ]);
    },
  },
  {
    name: "readdir sorts by code unit, follows a link, and takes only directories",
    check: ({ fs, at, symlink }) => {
      fs.makeDir(at("dir"), 0o700);
      for (const name of ["b", "a", "B", "é", "10", "9"]) putText(fs, at(`dir/${name}`), "");
      symlink("dir", at("link"));
      deepStrictEqual(fs.readdir(at("link")), ["10", "9", "B", "a", "b", "é"]);
      assertFails(() => fs.readdir(at("dir/a")), "ENOTDIR: not a directory, scandir", [at("dir/a")]);
    },
  },
  {
    name: "realpath resolves every link on the way",
    check: ({ fs, at, symlink }) => {
      fs.makeDir(at("a"), 0o700);
      fs.makeDir(at("a/b"), 0o700);
      putText(fs, at("a/b/file"), "");
      symlink("a/b", at("link"));
      symlink("../../link/./file", at("a/b/file-link"));
      equal(fs.realpath(at("link/file-link")), at("a/b/file"));
      equal(fs.realpath(at("a/../a")), at("a"));
      equal(fs.realpath("/"), "/");
    },
  },
  {
    name: "readlink gives the text of a link and takes nothing else",
    check: ({ fs, at, symlink }) => {
      symlink("../somewhere//else", at("link"));
      putText(fs, at("file"), "");
      equal(fs.readlink(at("link")), "../somewhere//else");
      assertFails(() => fs.readlink(at("file")), "EINVAL: invalid argument, readlink", [at("file")]);
    },
  },
  {
    name: "a file is read from any position, short only at its end",
    check: ({ fs, at }) => {
      putText(fs, at("file"), "0123456789");
      fs.withFile(at("file"), (file) => {
        const buffer = Buffer.alloc(4);
        const reads = [0, 3, 8, 10, 99].map((position) =>
          buffer.toString("utf8", 0, file.read(buffer, position)),
        );
        deepStrictEqual(reads, ["0123", "3456", "89", "", ""]);
        deepStrictEqual([file.fact.kind, file.fact.size], ["file", 10]);
      });
    },
  },
  {
    name: "withFile returns and throws what its callback does",
    check: ({ fs, at }) => {
      putText(fs, at("file"), "");
      const own = Object.assign(new Error("own"), { code: "ENOENT" });
      equal(
        fs.withFile(at("file"), () => 7),
        7,
      );
      throws(
        () =>
          fs.withFile(at("file"), () => {
            throw own;
          }),
        own,
      );
    },
  },
  {
    name: "withFile does not follow a link at the end, but on the way",
    check: ({ fs, at, symlink }) => {
      fs.makeDir(at("dir"), 0o700);
      putText(fs, at("dir/file"), "abc");
      symlink("dir/file", at("link"));
      symlink("dir", at("way"));
      throws(() => textAt(fs, at("link")), { code: "ELOOP", syscall: "open", path: at("link") });
      equal(textAt(fs, at("way/file")), "abc");
    },
  },
  {
    name: "a directory and a FIFO are opened without waiting, and can't be read",
    check: ({ fs, at, makeFifo }) => {
      makeFifo(at("fifo"));
      equal(
        fs.withFile(at("fifo"), ({ fact }) => fact.kind),
        "fifo",
      );
      equal(
        fs.withFile(at(""), ({ fact }) => fact.kind),
        "directory",
      );
      assertFails(() => textAt(fs, at("fifo")), "ESPIPE: invalid seek, read", []);
      assertFails(() => textAt(fs, at("")), "EISDIR: illegal operation on a directory, read", []);
    },
  },
  {
    name: "an open file stays readable when its name is gone",
    check: ({ fs, at }) => {
      putText(fs, at("file"), "abc");
      const text = fs.withFile(at("file"), (file) => {
        fs.unlink(at("file"));
        return textOf(file);
      });
      deepStrictEqual([text, fs.lstat(at("file"))], ["abc", undefined]);
    },
  },
];
