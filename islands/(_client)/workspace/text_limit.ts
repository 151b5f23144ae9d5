/** How much a channel lets us write, counted as the channel counts. */
import { textLength, type TextUnit } from "../../../core/model/text_length.ts";

export interface TextLimit {
  readonly max: number;
  readonly unit: TextUnit;
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
  const used = textLength(text, limit.unit);
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
  const unit = UNIT_WORDS[limit.unit];
  if (room.left >= 0) return `${count(room.left)} ${unit} left`;
  if (limit.split) return `Goes out as ${count(Math.ceil(room.used / limit.max))} messages`;
  return `${count(-room.left)} ${unit} too long for this channel`;
}

const UNIT_WORDS: Readonly<Record<TextUnit, string>> = {
  utf16: "characters",
  codepoints: "characters",
  bytes: "bytes",
  gsm_segments: "SMS parts",
};
