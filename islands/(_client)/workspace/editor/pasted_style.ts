/** What the style of pasted HTML means here. */
import type { RichTag } from "./rich_node.ts";

/** Formats that are written as style: outermost first. */
export function formatsOf(style: string): readonly RichTag[] {
  const values = new Map(
    style.split(";").map((declaration) => {
      const colon = declaration.indexOf(":");
      return [
        declaration.slice(0, colon).trim().toLowerCase(),
        declaration.slice(colon + 1).trim().toLowerCase(),
      ];
    }),
  );
  const value = (name: string) => values.get(name) ?? "";
  const weight = value("font-weight");
  const line = `${value("text-decoration")} ${value("text-decoration-line")}`;
  const formats: RichTag[] = [];
  if (/^bold/.test(weight) || Number(weight) >= 600) formats.push("b");
  if (/^(?:italic|oblique)/.test(value("font-style"))) formats.push("i");
  if (line.includes("line-through")) formats.push("s");
  return formats;
}

/** Whether a paragraph stands close to the next: nothing between them but the line. */
export function isWithoutMargin(style: string, className: string): boolean {
  if (/\bMso/.test(className)) return true;
  const below = /(?:^|;)\s*margin-bottom:\s*([^;]+)/i.exec(style)?.[1];
  const around = /(?:^|;)\s*margin:\s*([^;]+)/i.exec(style)?.[1]?.trim().split(/\s+/);
  const value = below ?? around?.[2] ?? around?.[0];
  return value !== undefined && /^0(?:\.0+)?(?:[a-z]+)?$/i.test(value.trim());
}

/** Where a link may lead: web, mail, phone. @returns null for the rest, among them what runs */
export function safeHref(href: string): string | null {
  // deno-lint-ignore no-control-regex -- as browsers do before they look at the scheme
  const address = href.replace(/[\u0000-\u001f\u007f]/g, "").trim();
  if (address.length > 2_000) return null;
  return /^(?:https?:\/\/|mailto:|tel:)/i.test(address) && URL.canParse(address) ? address : null;
}

/** An address as somebody types it: "a.example/x" and "a@b.example" lead there too. @returns null for no address */
export function typedHref(words: string): string | null {
  const typed = words.trim();
  const whole = safeHref(typed);
  if (whole !== null) return whole;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(typed)) return safeHref(`mailto:${typed}`);
  return /^[^\s:/@.]+(?:\.[^\s:/@.]+)+(?::\d+)?(?:[/?#]\S*)?$/.test(typed)
    ? safeHref(`https://${typed}`)
    : null;
}
