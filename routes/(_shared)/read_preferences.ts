/** What the browser told about itself in cookies of its own making: parsed like anything a stranger sends. */

export interface Preferences {
  /** IANA name of the reader's zone; UTC until the browser said so. */
  readonly timeZone: string;
  /** The side panel was folded away. */
  readonly isSideClosed: boolean;
}

/** What times on a page are told by. */
export interface Clock {
  /** Epoch ms. */
  readonly now: number;
  readonly timeZone: string;
}

export function readPreferences(request: Request): Preferences {
  const cookies = readCookies(request.headers.get("cookie") ?? "");
  const zone = cookies.get("parley_tz") ?? "";
  return {
    timeZone: isTimeZone(zone) ? zone : "UTC",
    isSideClosed: cookies.get("parley_side") === "closed",
  };
}

function readCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header.split(";")) {
    const [name = "", value = ""] = part.split("=", 2);
    cookies.set(name.trim(), decode(value.trim()));
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Malformed escapes: nobody's preference.
    return "";
  }
}

function isTimeZone(name: string): boolean {
  if (!/^[\w+/-]{1,60}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
