/** How much a channel lets us write, counted as the channel counts. */

export interface TextLimit {
  readonly max: number;
  readonly unit: "utf16" | "codepoints" | "bytes" | "gsm_segments";
  /** Longer text goes out as several messages instead of being refused. */
  readonly split: boolean;
}

export interface TextRoom {
  readonly used: number;
  /** Negative when over. */
  readonly left: number;
  /** Worth telling: a tenth or less is left, or it is over. */
  readonly isNear: boolean;
  /** Nothing is sent. */
  readonly isOver: boolean;
}

export function textRoom(text: string, limit: TextLimit): TextRoom {
  const used = lengthIn(text, limit.unit);
  const left = limit.max - used;
  return {
    used,
    left,
    isNear: left <= Math.min(limit.max / 10, 500),
    isOver: left < 0 && !limit.split,
  };
}

/** The line above the tools, or null while there is room. */
export function limitWords(room: TextRoom, limit: TextLimit): string | null {
  if (!room.isNear) return null;
  const count = (n: number) => n.toLocaleString("en-GB");
  const unit = limit.unit === "bytes" ? "bytes" : "characters";
  if (room.left >= 0) return `${count(room.left)} ${unit} left`;
  if (limit.split) return `Goes out as ${count(Math.ceil(room.used / limit.max))} messages`;
  return `${count(-room.left)} ${unit} too long for this channel`;
}

function lengthIn(text: string, unit: TextLimit["unit"]): number {
  switch (unit) {
    case "bytes":
      return new TextEncoder().encode(text).length;
    case "codepoints":
      return [...text].length;
    // A segment's size depends on the alphabet; the adapter splits, so characters are near enough to warn.
    case "gsm_segments":
    case "utf16":
      return text.length;
  }
}
