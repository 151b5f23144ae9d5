import type { Locale } from "./plan.ts";

const INTRODUCTIONS: Readonly<Record<Locale, (name: string, at: string) => string>> = {
  nl: (name, at) => `Op ${at} schreef ${name}:`,
  en: (name, at) => `On ${at}, ${name} wrote:`,
  it: (name, at) => `Il giorno ${at} ${name} ha scritto:`,
  de: (name, at) => `Am ${at} schrieb ${name}:`,
  fr: (name, at) => `Le ${at}, ${name} a écrit :`,
  tr: (name, at) => `${name}, ${at} tarihinde şunu yazdı:`,
  ar: (name, at) => `في ${at} كتب ${name}:`,
  he: (name, at) => `בתאריך ${at} מאת ${name}:`,
};

/** What an answer quotes below itself. */
export interface Quote {
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

/** A mail's body as mail programs write it, with what it answers below. */
export function mailBody(
  text: string,
  { locale, quote, hasImage }: {
    readonly locale: Locale;
    readonly quote: Quote | null;
    /** A logo that is loaded from elsewhere. */
    readonly hasImage: boolean;
  },
): { readonly text: string; readonly html: string } {
  const isRightToLeft = locale === "ar" || locale === "he";
  const body = text.split("\n\n").map((part) => `<p>${markUp(part)}</p>`).join("");
  const image = hasImage
    ? `<p><img src="https://cdn.studio.example/signature.png" alt="Studio" width="120" height="40"></p>`
    : "";
  const opening = isRightToLeft ? `<div dir="rtl">` : `<div>`;
  if (quote === null) return { text, html: `${opening}${body}${image}</div>` };
  const introduction = INTRODUCTIONS[locale](quote.name, formatTime(quote.at));
  const quoted = quote.text.split("\n").map((line) => `> ${line}`).join("\n");
  return {
    text: `${text}\n\n${introduction}\n${quoted}`,
    html: `${opening}${body}${image}</div><div class="gmail_quote"><div dir="auto">${
      markUp(introduction)
    }<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${
      markUp(quote.text)
    }</blockquote></div>`,
  };
}

function markUp(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll("\n", "<br>");
}

/** Such as "2026-03-02 10:41". */
function formatTime(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
