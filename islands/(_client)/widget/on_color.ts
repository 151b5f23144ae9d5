/**
 * Black or white, whichever has the higher WCAG contrast on a colour: the two cross at a luminance of 0.179.
 * @param color as `#rrggbb`.
 */
export function onColor(color: string): "#000" | "#fff" {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}
