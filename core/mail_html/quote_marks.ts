/**
 * What an element says about quoting: "block" holds a quoted message, "intro" stands above one, from "cut" on everything
 * is quoted; "signature" is what it says. Read from the raw attributes, which the sanitiser then removes.
 */
export type QuoteMark = "block" | "cut" | "intro" | "signature";

const BLOCK_CLASSES = [
  "gmail_quote",
  "gmail_extra",
  "yahoo_quoted",
  "protonmail_quote",
  "zmail_extra",
  "moz-forward-container",
  "tutanota_quote",
  "hs_reply",
];
const SIGNATURE_CLASSES = [
  "gmail_signature",
  "moz-signature",
  "protonmail_signature_block",
  "yahoo_signature",
];
const SIGNATURE_IDS = ["signature", "ms-outlook-mobile-signature", "applemailsignature"];
const CUT_IDS = [
  "appendonsend",
  "divrplyfwdmsg",
  "olk_src_body_section",
  "mail-editor-reference-message-container",
  "replysplit",
];
/** Outlook on the desktop draws a line over the quoted header in one of these ways. */
const OUTLOOK_LINE =
  /^border:none;border-top:solid#(?:e1e1e1|b5c4df)1(?:\.0)?pt;padding:3(?:\.0)?pt0/;

export function quoteMark(
  tag: string,
  attributes: Readonly<Record<string, string>>,
): QuoteMark | null {
  const classes = ` ${attributes.class ?? ""} `.toLowerCase();
  // Our own, which some mail programs put something in front of.
  if (classes.includes("parley_history")) return "block";
  const id = (attributes.id ?? "").toLowerCase();
  if (tag === "blockquote" && (attributes.type ?? "").toLowerCase() === "cite") return "block";
  if (BLOCK_CLASSES.some((name) => classes.includes(` ${name} `))) return "block";
  if (id.includes("yahoo_quoted") || (tag === "div" && attributes.name === "quote")) return "block";
  // Outlook for mobile and the web prefix ids they find in a mail with "x_".
  if (CUT_IDS.some((name) => id === name || id === `x_${name}`)) return "cut";
  if (classes.includes(" moz-cite-prefix ")) return "intro";
  if (SIGNATURE_CLASSES.some((name) => classes.includes(` ${name} `))) return "signature";
  if (SIGNATURE_IDS.includes(id.replace(/^x_/, ""))) return "signature";
  if (tag === "hr" && attributes["data-marker"] === "__DIVIDER__") return "cut";
  const style = (attributes.style ?? "").slice(0, 200).toLowerCase().replace(/\s/g, "");
  return tag === "div" && OUTLOOK_LINE.test(style) ? "cut" : null;
}
