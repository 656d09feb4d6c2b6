import { deepStrictEqual, equal } from "node:assert/strict";
import { assertFails, type ContractCase, putText, textAt } from "./contract-case.ts";

const missing = "ENOENT: no such file or directory";
const taken = "EEXIST: file already exists";
const notEmpty = "ENOTEMPTY: directory not empty";

/** What the calls of a `WriteFs` that change names must do. */
export const nameCallsContract: readonly ContractCase[] = [
  {
    name: "link gives a file a second name, and never takes one that is taken",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("a"), "abc");
      putText(fs, at("b"), "def");
      fs.makeDir(at("dir"), 0o700);
      symlink("a", at("link"));
      fs.link(at("a"), at("dir/a"));
      fs.link(at("link"), at("link2"));
      deepStrictEqual([fs.lstat(at("a"))?.ino, fs.lstat(at("a"))?.nlink], [fs.lstat(at("dir/a"))?.ino, 2]);
      equal(fs.lstat(at("link2"))?.kind, "symlink");
      assertFails(() => fs.link(at("a"), at("b")), `${taken}, link`, [at("a"), at("b")]);
      assertFails(() => fs.link(at("none"), at("c")), `${missing}, link`, [at("none"), at("c")]);
      assertFails(() => fs.link(at("a"), at("none/c")), `${missing}, link`, [at("a"), at("none/c")]);
      assertFails(() => fs.link(at("dir"), at("c")), "EPERM: operation not permitted, link", [
        at("dir"),
        at("c"),
      ]);
      equal(textAt(fs, at("b")), "def");
    },
  },
  {
    name: "rename moves a file and replaces what had the name",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("a"), "abc");
      putText(fs, at("b"), "def");
      putText(fs, at("far"), "far");
      symlink("far", at("link"));
      const ino = fs.lstat(at("a"))?.ino;
      fs.rename(at("a"), at("b"));
      deepStrictEqual(
        [fs.lstat(at("b"))?.ino, textAt(fs, at("b")), fs.lstat(at("a"))],
        [ino, "abc", undefined],
      );
      fs.rename(at("b"), at("link"));
      deepStrictEqual([fs.lstat(at("link"))?.kind, textAt(fs, at("far"))], ["file", "far"]);
      assertFails(() => fs.rename(at("none"), at("far")), `${missing}, rename`, [at("none"), at("far")]);
      assertFails(() => fs.rename(at("far"), at("none/x")), `${missing}, rename`, [at("far"), at("none/x")]);
    },
  },
  {
    name: "rename between two names of one file does nothing",
    check: ({ fs, at }) => {
      putText(fs, at("a"), "abc");
      fs.link(at("a"), at("b"));
      fs.rename(at("a"), at("b"));
      fs.rename(at("a"), at("a"));
      deepStrictEqual([fs.readdir(at("")), fs.lstat(at("a"))?.nlink], [["a", "b"], 2]);
    },
  },
  {
    name: "rename moves a directory, over an empty one at most, and never into itself",
    check: ({ fs, at }) => {
      fs.makeDir(at("a"), 0o700);
      putText(fs, at("a/file"), "abc");
      fs.makeDir(at("b"), 0o700);
      putText(fs, at("c"), "");
      fs.rename(at("a"), at("b"));
      equal(textAt(fs, at("b/file")), "abc");
      fs.makeDir(at("a"), 0o700);
      assertFails(() => fs.rename(at("a"), at("b")), `${notEmpty}, rename`, [at("a"), at("b")]);
      assertFails(() => fs.rename(at("b/file"), at("b")), `${notEmpty}, rename`, [at("b/file"), at("b")]);
      assertFails(() => fs.rename(at("a"), at("a/x")), "EINVAL: invalid argument, rename", [
        at("a"),
        at("a/x"),
      ]);
      assertFails(() => fs.rename(at("a"), at("c")), "ENOTDIR: not a directory, rename", [at("a"), at("c")]);
      assertFails(() => fs.rename(at("c"), at("a")), "EISDIR: illegal operation on a directory, rename", [
        at("c"),
        at("a"),
      ]);
    },
  },
  {
    name: "unlink takes one name away, of a link its own",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("a"), "abc");
      fs.link(at("a"), at("b"));
      symlink("b", at("link"));
      fs.unlink(at("a"));
      fs.unlink(at("link"));
      deepStrictEqual([fs.readdir(at("")), fs.lstat(at("b"))?.nlink, textAt(fs, at("b"))], [["b"], 1, "abc"]);
      assertFails(() => fs.unlink(at("a")), `${missing}, unlink`, [at("a")]);
      assertFails(() => fs.unlink(at("")), "EISDIR: illegal operation on a directory, unlink", [at("")]);
    },
  },
  {
    name: "makeDir makes one directory with the mode",
    check: ({ fs, at, symlink }) => {
      symlink("none", at("link"));
      fs.makeDir(at("dir"), 0o700);
      deepStrictEqual([fs.lstat(at("dir"))?.mode, fs.readdir(at("dir"))], [0o700, []]);
      assertFails(() => fs.makeDir(at("dir"), 0o700), `${taken}, mkdir`, [at("dir")]);
      assertFails(() => fs.makeDir(at("link"), 0o700), `${taken}, mkdir`, [at("link")]);
      assertFails(() => fs.makeDir(at("a/b"), 0o700), `${missing}, mkdir`, [at("a/b")]);
    },
  },
  {
    name: "removeDir removes an empty directory only",
    check: ({ fs, at, symlink }) => {
      fs.makeDir(at("dir"), 0o700);
      putText(fs, at("dir/file"), "");
      symlink("dir", at("link"));
      assertFails(() => fs.removeDir(at("dir")), `${notEmpty}, rmdir`, [at("dir")]);
      assertFails(() => fs.removeDir(at("dir/file")), "ENOTDIR: not a directory, rmdir", [at("dir/file")]);
      assertFails(() => fs.removeDir(at("link")), "ENOTDIR: not a directory, rmdir", [at("link")]);
      fs.unlink(at("dir/file"));
      fs.removeDir(at("dir"));
      assertFails(() => fs.removeDir(at("dir")), `${missing}, rmdir`, [at("dir")]);
    },
  },
  {
    name: "setMode and setOwner change what has the name",
    check: ({ fs, at, symlink }) => {
      putText(fs, at("file"), "");
      symlink("none", at("link"));
      const { uid, gid } = fs.lstat(at("file")) ?? { uid: -1, gid: -1 };
      fs.setMode(at("file"), 0o640);
      fs.setOwner(at("file"), uid, gid);
      fs.setOwner(at("link"), uid, gid);
      deepStrictEqual([fs.lstat(at("file"))?.mode, fs.lstat(at("file"))?.uid], [0o640, uid]);
      assertFails(() => fs.setMode(at("none"), 0o600), `${missing}, chmod`, [at("none")]);
      assertFails(() => fs.setOwner(at("none"), uid, gid), `${missing}, lchown`, [at("none")]);
    },
  },
  {
    name: "syncDir takes a directory that exists",
    check: ({ fs, at }) => {
      fs.makeDir(at("dir"), 0o700);
      fs.syncDir(at("dir"));
      assertFails(() => fs.syncDir(at("none")), `${missing}, open`, [at("none")]);
    },
  },
];
