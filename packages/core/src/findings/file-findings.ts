import type { FindingMeaning } from "./finding-meaning.ts";

/** Findings on the files of a sessions directory, and on where the transcripts of rows are. */
export const fileFindings = {
  "file-symlink": {
    severity: "warning",
    title: "an entry of the sessions directory is a symbolic link",
    explanation:
      "What is done to a link may hit the file that it leads to. The link is not followed: it is never opened, moved or counted as a transcript, and a file here that it leads to is protected by every row that names the link.",
    remedy: "Put the file itself in the place of the link, or remove the link if nothing needs it.",
  },
  "file-hard-link": {
    severity: "warning",
    title: "a file of the sessions directory has further names",
    explanation:
      "Two or more names are the same file, so a change under one of them shows under all. The file is never moved. Names that this product keeps in `.sessionsmith` are not counted.",
    remedy:
      "Find the other names by the inode number. Where two files are meant, replace one name by a copy.",
  },
  "file-special": {
    severity: "warning",
    title: "an entry of the sessions directory is no regular file",
    explanation:
      "It is a FIFO, a socket, a device, or a directory with the name of a session file. It is neither opened nor moved. A directory in the place of a lock file makes OpenClaw fail when it writes to that transcript.",
    remedy: "Find out which program made it, and move it out of the sessions directory.",
  },
  "file-unreadable": {
    severity: "error",
    title: "an entry of the sessions directory can't be looked at",
    explanation:
      "The system refused to say what it is, or its name is not valid UTF-8. It is taken to be there and to be in use: no row that names it counts as missing, and it is never touched.",
    remedy: "Look the error up, mend the permissions, the disk or the name, and run the command again.",
  },
  "file-name-collision": {
    severity: "warning",
    title: "names in the sessions directory differ only in upper and lower case",
    explanation:
      "On a file system that folds cases these names would be one file, so a copy of the store to such a system loses all but one.",
    remedy: "Rename all but one of the files, and their rows with them, before the store is copied.",
  },
  "session-file-relocated": {
    severity: "info",
    title: "a transcript is in this sessions directory, but its row names another",
    explanation:
      "The store was moved or restored elsewhere. The file with the same name in this directory is taken as the transcript.",
    remedy:
      "`sessionsmith repair --paths` mends the row; or use the session, and OpenClaw writes the new path.",
  },
  "session-file-outside": {
    severity: "warning",
    title: "a transcript lies outside the sessions directory",
    explanation:
      "`sessionFile` names an existing file elsewhere, and there is no transcript of that name or of that session id here. The row is kept and the file is never touched. OpenClaw accepts such a path only in the sessions directory of an agent.",
    remedy:
      "Move the transcript into the sessions directory while no gateway runs; it is then found by its name.",
  },
  "session-file-unsafe": {
    severity: "error",
    title: "the path of a transcript is not one that may be used",
    explanation:
      "`sessionFile` leads to the index, to a lock, to the directory itself or to this product's own files, or it can't be a path at all. It is never opened. The row is kept, and its transcript is looked for by session id.",
    remedy:
      "`sessionsmith repair --paths` takes the field away, and OpenClaw looks for the transcript by session id.",
  },
  "session-file-stale": {
    severity: "warning",
    title: "a row names a transcript that is gone, although its transcript is here",
    explanation:
      "`sessionFile` leads to a file that does not exist, but `<sessionId>.jsonl` is in the directory. OpenClaw may take the row for one without a transcript; its cleanup with `--fix-missing` removes such rows.",
    remedy: "`sessionsmith repair --paths` mends the row.",
  },
  "file-mode-open": {
    severity: "warning",
    title: "others than the owner may read or change a file of the store",
    explanation:
      "Transcripts and rows hold what was said, and what tools answered. OpenClaw makes them with mode 0600.",
    remedy: "`sessionsmith repair --permissions` gives the file mode 0600.",
  },
  "directory-mode-open": {
    severity: "info",
    title: "others than the owner may list the sessions directory",
    explanation:
      "OpenClaw 2026.5.28 itself widens the mode of its sessions directory at each write. The names in it are session ids; what the files hold is told by their own mode.",
    remedy:
      "Nothing has to be done. `sessionsmith repair --permissions` gives it mode 0700 until OpenClaw's next write.",
  },
  "transcript-missing": {
    severity: "warning",
    title: "a row has no transcript",
    explanation:
      "Every place at which the transcript may be was looked at, and there is no such file. A session that was just made or patched has none yet; otherwise the conversation is lost or was moved.",
    remedy: "Look for the session id in archives and backups.",
  },
  "transcript-not-decrypted": {
    severity: "warning",
    title: "an encrypted transcript can't be shown with this key",
    explanation:
      "The transcript was encrypted with another key (E_KEY), or is not as it was written (E_TAMPERED). Its title and last message are shown as `[encrypted]`.",
    remedy:
      "Give the key that it was encrypted with. `sessionsmith decrypt --dry-run` says which transcripts are not as they were written.",
  },
  "transcript-unknown": {
    severity: "warning",
    title: "it can't be told whether a row has a transcript",
    explanation:
      "The first place at which the transcript may be could not be looked at, is no regular file, or came into being during the scan. The row and the file are kept as they are.",
    remedy: "Mend what stands in the way (see the path and the error), and run the command again.",
  },
  "updated-at-future": {
    severity: "warning",
    title: "a row was last updated in the future",
    explanation:
      "`updatedAt` is more than a day ahead of the clock, so a clock was or is wrong. The row is kept, and its time does not count as the newest activity of the store.",
    remedy: "Check the clock. If it is right, set `updatedAt` to the time of the last message.",
  },
  "transcript-lock-live": {
    severity: "info",
    title: "a transcript is locked by a running process",
    explanation:
      "A process holds the lock of the transcript, or it can't be told that none does. The transcript and its rows are left alone.",
    remedy: "Nothing has to be done. Wait until the process has finished.",
  },
  "transcript-lock-stale": {
    severity: "warning",
    title: "a transcript has a lock that nobody holds",
    explanation:
      "The process that made the lock has ended, its number belongs to another process now, or the lock names no process and is older than five minutes. It counts as no lock.",
    remedy:
      "`sessionsmith repair --locks` moves it to the trash. OpenClaw removes such locks when its gateway starts.",
  },
} as const satisfies Record<string, FindingMeaning>;
