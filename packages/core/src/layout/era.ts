/**
 * Where the sessions of an agent live.
 * `json`: in `sessions.json`. `sqlite`: in OpenClaw's database. `mixed`: both. `empty`: neither yet. `unknown`: can't be told.
 */
export type StoreEra = "json" | "sqlite" | "mixed" | "empty" | "unknown";
