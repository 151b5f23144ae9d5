import { unreachable } from "../result.ts";

/** How a text limit counts. */
export type TextUnit = "utf16" | "codepoints" | "bytes" | "gsm_segments";

/** Length of a text as a channel's limit counts it. */
export function textLength(text: string, unit: TextUnit): number {
  switch (unit) {
    case "utf16":
      return text.length;
    case "codepoints":
      return [...text].length;
    case "bytes":
      return new TextEncoder().encode(text).length;
    case "gsm_segments":
      return gsmSegments(text);
    default:
      return unreachable(unit);
  }
}

const GSM =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM_EXTENDED = "^{}\\[~]|€\f";

/** SMS parts of a text: 160 or 153 septets in the GSM alphabet, else 70 or 67 UTF-16 units. */
function gsmSegments(text: string): number {
  let septets = 0;
  for (const character of text) {
    if (GSM.includes(character)) septets += 1;
    else if (GSM_EXTENDED.includes(character)) septets += 2;
    else return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  }
  return septets <= 160 ? 1 : Math.ceil(septets / 153);
}
