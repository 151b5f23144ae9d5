/**
 * A hue for an id, always the same one: people and tags keep their colour.
 * @returns degrees, 0 to 350 in steps of 10, one of the `data-hue` values of `css/hues.css`.
 */
export function hueOf(id: string): number {
  // FNV-1a: ids differ in their last letters only, and still spread.
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  }
  return (hash % 36) * 10;
}
