import type { IdentityLink } from "../keys/identity-links.ts";
import type { JsonValue } from "../json-value.ts";
import {
  memberPath,
  objectMember,
  reportSetting,
  type SettingsObject,
  type SettingsReport,
} from "./settings-object.ts";

/**
 * Reads `session.identityLinks`: names, each with a list of peers, in file order. A link that is not of this form is reported
 * and left out; so is a blank name or peer, which OpenClaw 2026.5.28 passes over.
 */
export function readIdentityLinks(session: SettingsObject, report: SettingsReport): readonly IdentityLink[] {
  const links = objectMember(session, "identityLinks", report);
  if (links === undefined) return [];
  return Object.entries(links.members).flatMap(([name, value]) => {
    if (name === "$include") return [];
    const peers = textsOf(value);
    if (peers === undefined) {
      const expected = 'a list of peers like "telegram:123"';
      reportSetting(report, "settings-invalid-value", { field: memberPath(links, name), expected });
      return [];
    }
    const listed = peers.filter((peer) => peer.trim() !== "");
    return name.trim() === "" || listed.length === 0 ? [] : [{ name: name.trim(), peers: listed }];
  });
}

function textsOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === "string");
  return texts.length === value.length ? texts : undefined;
}
