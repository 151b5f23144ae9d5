import type { InviteTime } from "../../../core/channel/mod.ts";
import type { IcalComponent, IcalProperty } from "./read_ical.ts";
import { isoDay, wallTime } from "./wall_time.ts";
import { zoneOffset } from "./zone_offset.ts";

/**
 * What DTSTART and its like mean: a day, a moment in UTC, or a wall clock's time in a zone. The zone is looked up by its
 * name, else in the file's own rules for it.
 */
export function icalTime(
  { value, params }: IcalProperty,
  zones: readonly IcalComponent[],
): InviteTime | null {
  const wall = wallTime(value);
  if (wall === null) return null;
  const text = value.trim();
  if (!text.includes("T")) return { kind: "day", day: isoDay(wall) };
  if (text.endsWith("Z")) return { kind: "moment", at: wall };
  const zone = params.get("TZID") ?? "";
  const at = zone === "" ? null : inNamedZone(wall, zone) ?? inOwnZone(wall, zone, zones);
  return at === null
    ? { kind: "clock", clock: new Date(wall).toISOString().slice(0, 16) }
    : { kind: "moment", at };
}

/** "Europe/Berlin", also behind what some programs put in front: "/mozilla.org/20050126_1/Europe/Berlin". */
function inNamedZone(wall: number, zone: string): number | null {
  const names = [zone, zone.split("/").slice(-2).join("/"), zone.split("/").slice(-3).join("/")];
  const plain = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, 19));
  for (const name of names) {
    // An offset is a name too, but not in this place.
    if (!/^(?:[A-Za-z_+-]+\/[\w+/-]+|UTC|GMT)$/.test(name)) continue;
    try {
      return plain.toZonedDateTime(name).epochMilliseconds;
    } catch {
      // No zone of that name is known.
    }
  }
  return null;
}

function inOwnZone(wall: number, zone: string, zones: readonly IcalComponent[]): number | null {
  const rules = zones.find(({ properties }) =>
    properties.some(({ name, value }) => name === "TZID" && value.trim() === zone)
  );
  const offset = rules === undefined ? null : zoneOffset(rules, wall);
  return offset === null ? null : wall - offset;
}
