import type { Attributes } from "./library_types.ts";

/**
 * Whether a remote image is there to be asked for and not to be seen: a pixel or two, or hidden by its own style.
 * @param given the attributes as the sender wrote them
 */
export function isTracker(given: Readonly<Attributes>): boolean {
  const style = (given.style ?? "").slice(0, 2_000).toLowerCase().replace(/\s/g, "");
  const sizes = (["width", "height"] as const).map((name) =>
    new RegExp(`(?:^|;)(?:max-)?${name}:([\\d.]+)(px|%|;|!|$)`).exec(style)?.slice(1) ??
      /^\s*([\d.]+)(px|%)?/i.exec(given[name] ?? "")?.slice(1)
  ).filter((size) => size !== undefined);
  const isTiny = ([number, unit]: readonly (string | undefined)[]) =>
    Number(number) === 0 || (unit !== "%" && Number(number) <= 2);
  // A spacer that is one pixel in one direction only is part of the layout.
  if (sizes.length > 0 && sizes.every(isTiny)) return true;
  return given.hidden !== undefined ||
    /(?:^|;)(?:display:none|visibility:hidden|opacity:0(?:\.0*)?(?:;|!|$))/.test(style);
}
