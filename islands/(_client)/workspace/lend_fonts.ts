/**
 * Gives a mail's page the app's own font, which its style asks for first: the addresses of the font's files are known
 * only to the style sheets this page came with.
 */
export function lendFonts(page: Document): void {
  const faces = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule);
  const style = page.createElement("style");
  style.textContent = faces.map(({ cssText }) => cssText).join("\n");
  page.head.append(style);
}
