import type { FindingMeaning } from "./finding-meaning.ts";

/** Findings about where stores lie. */
export const layoutFindings = {
  "agent-not-configured": {
    severity: "info",
    title: "an agent is on the disk, but not in the settings",
    explanation:
      "The agent that was asked for is not in `agents.list`, but its directory is there. Its store is used as if it were configured.",
    remedy: "Nothing needs to be done. Add the agent to `agents.list` if it is still in use.",
  },
  "store-skipped": {
    severity: "warning",
    title: "a store on the disk was left out",
    explanation:
      "A directory that looks like an agent's has a store that is reached through a symbolic link, lies outside the agents' root, has no regular file as index, has transcripts without an index, or can't be looked at. It was not touched.",
    remedy: "Look at the place. A store that is meant can be named with `--store`.",
  },
  "index-link": {
    severity: "warning",
    title: "the index is a symbolic link",
    explanation:
      "The index that was named is a symbolic link. It was resolved once, and the store is the one that it leads to. OpenClaw would replace the link by a file, and the two would drift apart.",
    remedy: "Name the index itself, or put the file in the place of the link.",
  },
  "index-link-refused": {
    severity: "error",
    title: "the index is a symbolic link that can't be followed safely",
    explanation:
      "The link leads nowhere, or it leads to another directory while transcripts lie beside the link. It can't be told which transcripts belong to the index, so the store was left out.",
    remedy: "Put the index itself in the place of the link, or name the index with `--store`.",
  },
  "index-beside-database": {
    severity: "error",
    title: "an index is there beside a database that holds the sessions",
    explanation:
      "OpenClaw keeps the sessions of this agent in its database, and takes an index that lies beside it for one to import: at its next start the rows of the index may replace newer ones. Nothing was changed, and nothing here writes to such a store.",
    remedy:
      "Find out which program wrote the index. If the database has what you need, move the index out of the sessions directory.",
  },
  "era-unknown": {
    severity: "warning",
    title: "it can't be told whether the sessions live in the index or in a database",
    explanation:
      "The database of the agent can't be looked at, or there are only traces of one. Nothing here writes to such a store.",
    remedy: "Mend what stands in the way (the finding says what it is), and run the command again.",
  },
  "manager-settings-unreadable": {
    severity: "warning",
    title: "the settings of a session manager can't be read",
    explanation:
      "The store has a `.sessionsmith/manager.json`, in which a session manager keeps what was set with `/session`, but it can't be read or understood; the finding says why. When sessions give way to new ones is not shown.",
    remedy: "Mend what stands in the way, or move the file away and set again what is to hold.",
  },
} as const satisfies Record<string, FindingMeaning>;
