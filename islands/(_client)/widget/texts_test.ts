import assert from "node:assert/strict";
import { languageFor } from "./texts.ts";

Deno.test("languageFor() finds the language, and falls back to English", () => {
  const cases: readonly [string, string, string, string][] = [
    ["de-AT", "de-AT", "ltr", "Senden"],
    ["ar", "ar", "rtl", "إرسال"],
    ["tlh", "en", "ltr", "Send"],
    ["", "en", "ltr", "Send"],
    ["de_DE!", "de", "ltr", "Senden"],
    ["constructor", "en", "ltr", "Send"],
  ];
  for (const [asked, locale, direction, send] of cases) {
    const language = languageFor(asked);
    assert.deepEqual(
      [language.locale, language.direction, language.texts.send],
      [locale, direction, send],
      asked,
    );
  }
});

Deno.test("languageFor() gives every language the places to fill in", () => {
  const english = languageFor("en").texts;
  for (const locale of ["de", "fr", "es", "nl", "ar"]) {
    const { texts } = languageFor(locale);
    for (const [name, text] of Object.entries(english)) {
      const places = (of: string) => (of.match(/\{\w+\}/g) ?? []).toSorted();
      // The names of `english` are those of every language.
      const translated = texts[name as keyof typeof texts];
      assert.deepEqual(places(translated), places(text), `${locale} ${name}`);
    }
  }
});
