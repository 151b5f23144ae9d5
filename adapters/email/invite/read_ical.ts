/** A line of a calendar file, unfolded. Names are in upper case. */
export interface IcalProperty {
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  /** As it stands there: escapes and all. */
  readonly value: string;
}

/** What stands between BEGIN and END. */
export interface IcalComponent {
  readonly name: string;
  readonly properties: readonly IcalProperty[];
  readonly components: readonly IcalComponent[];
}

const MAX_LINES = 20_000;
const MAX_LINE = 4_000;
const MAX_DEPTH = 8;
const MAX_COMPONENTS = 500;

type Open = {
  readonly name: string;
  readonly properties: IcalProperty[];
  readonly components: Open[];
};

/**
 * Takes a calendar file (RFC 5545) apart. Total and linear: lines that are none are passed over, what is nested too
 * deeply or too long is left out.
 * @returns what stands at the top, usually one VCALENDAR
 */
export function readIcal(text: string): readonly IcalComponent[] {
  const root: Open = { name: "", properties: [], components: [] };
  const open: Open[] = [root];
  let count = 0;
  /** Components that were left out and are not ended yet. */
  let skipped = 0;
  for (const line of unfold(text)) {
    const property = readProperty(line);
    if (property === null) continue;
    const { name, value } = property;
    if (name === "BEGIN") {
      if (skipped > 0 || open.length > MAX_DEPTH || ++count > MAX_COMPONENTS) {
        skipped++;
        continue;
      }
      const begun: Open = { name: value.trim().toUpperCase(), properties: [], components: [] };
      open.at(-1)?.components.push(begun);
      open.push(begun);
    } else if (name === "END") {
      if (skipped > 0) skipped--;
      else if (open.length > 1) open.pop();
    } else if (skipped === 0) {
      open.at(-1)?.properties.push(property);
    }
  }
  return root.components;
}

/** Joins lines with those that go on with a space or a tab. */
function unfold(text: string): readonly string[] {
  const lines: string[] = [];
  let pieces: string[] = [];
  let length = 0;
  for (const line of text.split(/\r\n|\n|\r/, MAX_LINES)) {
    const goesOn = line.startsWith(" ") || line.startsWith("\t");
    if (!goesOn) {
      if (pieces.length > 0) lines.push(pieces.join(""));
      pieces = [];
      length = 0;
    }
    if (length < MAX_LINE) pieces.push((goesOn ? line.slice(1) : line).slice(0, MAX_LINE));
    length += line.length;
  }
  lines.push(pieces.join(""));
  return lines;
}

/** `NAME;PARAM=value;PARAM="quoted: value":value`; null for a line that has no colon. */
function readProperty(line: string): IcalProperty | null {
  const cuts: number[] = [];
  let colon = -1;
  let isQuoted = false;
  for (let at = 0; at < line.length && colon < 0; at++) {
    const char = line[at];
    if (char === '"') isQuoted = !isQuoted;
    else if (char === ";" && !isQuoted) cuts.push(at);
    else if (char === ":" && !isQuoted) colon = at;
  }
  if (colon < 0) return null;
  const params = new Map<string, string>();
  cuts.forEach((cut, index) => {
    const param = line.slice(cut + 1, cuts[index + 1] ?? colon);
    const equals = param.indexOf("=");
    if (equals < 1) return;
    const name = param.slice(0, equals).trim().toUpperCase();
    if (!params.has(name)) params.set(name, param.slice(equals + 1).replaceAll('"', "").trim());
  });
  const name = line.slice(0, cuts[0] ?? colon).trim().toUpperCase();
  return { name, params, value: line.slice(colon + 1) };
}

/** The first property of a name. */
export function propertyOf(component: IcalComponent, name: string): IcalProperty | undefined {
  return component.properties.find((one) => one.name === name);
}

/** Text as it was before it was escaped, without what would steer a screen. */
export function icalText(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, char: string) => /n/i.test(char) ? "\n" : char)
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " ").replace(/\s+/g, " ").trim();
}
