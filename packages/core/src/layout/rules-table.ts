import { rowKinds } from "../keys/row-kind.ts";
import { type SettingSpec, settingsTable } from "./settings-table.ts";

/** Every key of a rule in `sessionsmith.json5`. Plain data, as {@link settingsTable}. */
export const rulesTable = {
  key: {
    path: "session.maintenance.rules[].match.key",
    type: "text",
    default: null,
    range: "a text that is not empty",
    summary:
      "Pattern of the whole session key: `*` stands for any run of characters, colons too, and `?` for one. " +
      "Capitals count only where keys keep them.",
  },
  kind: {
    path: "session.maintenance.rules[].match.kind",
    type: "choice",
    choices: rowKinds,
    default: null,
    range: rowKinds.map((kind) => `"${kind}"`).join(", "),
    summary: "Kind of the session, as `list --kind` takes it.",
  },
  channel: {
    path: "session.maintenance.rules[].match.channel",
    type: "text",
    default: null,
    range: "a text that is not empty",
    summary: "Channel of the session, such as `telegram`: the one in its key, or else the one of its row.",
  },
  agent: {
    path: "session.maintenance.rules[].match.agent",
    type: "text",
    default: null,
    range: "an agent id of letters, digits, `_` and `-`",
    summary: "Id of the agent.",
  },
  label: {
    path: "session.maintenance.rules[].match.label",
    type: "text",
    default: null,
    range: "a text that is not empty",
    summary: "The whole label of the session.",
  },
  pruneAfter: {
    ...settingsTable.pruneAfter,
    path: "session.maintenance.rules[].pruneAfter",
    default: null,
    summary:
      "Takes the place of `session.maintenance.pruneAfter` for the rows that match, be it shorter or longer.",
  },
  maxEntries: {
    ...settingsTable.maxEntries,
    path: "session.maintenance.rules[].maxEntries",
    default: null,
    summary: "Rows that may match; the newest stay.",
  },
  keepNewest: {
    path: "session.maintenance.rules[].keepNewest",
    type: "count",
    default: null,
    unit: "rows",
    range: "a positive whole number, not above `maxEntries` of the rule",
    summary: "So many of the newest rows that match stay, whatever their age.",
  },
  pin: {
    path: "session.maintenance.rules[].pin",
    type: "flag",
    default: null,
    range: "true, without another effect beside it",
    summary: "No age, cap or disk budget takes a row that matches.",
  },
  stage: {
    path: "session.maintenance.rules[].stage",
    type: "choice",
    choices: ["metadata", "full"],
    default: "full",
    range: '"metadata" or "full"',
    summary:
      "What becomes of a row that is too old: it leaves (`full`), or it stays and its transcript goes into the archive (`metadata`).",
  },
} as const satisfies Record<string, SettingSpec>;
