/** The few words the loader needs, by language. */
const WORDS = {
  en: ["Open chat", "Close chat", "Chat", "{n} unread"],
  de: ["Chat öffnen", "Chat schließen", "Chat", "{n} ungelesen"],
  fr: ["Ouvrir le chat", "Fermer le chat", "Chat", "{n} non lus"],
  es: ["Abrir el chat", "Cerrar el chat", "Chat", "{n} sin leer"],
  nl: ["Chat openen", "Chat sluiten", "Chat", "{n} ongelezen"],
  ar: ["فتح الدردشة", "إغلاق الدردشة", "الدردشة", "{n} غير مقروءة"],
} as const;

export interface LauncherWords {
  readonly open: string;
  readonly close: string;
  readonly title: string;
  unread(count: number): string;
}

/** @param locale BCP 47; an unknown language gets English. */
export function launcherWords(locale: string): LauncherWords {
  const language = locale.toLowerCase().split("-")[0] ?? "";
  const [open, close, title, unread] = isKnown(language) ? WORDS[language] : WORDS.en;
  return { open, close, title, unread: (count) => unread.replace("{n}", String(count)) };
}

function isKnown(language: string): language is keyof typeof WORDS {
  return Object.hasOwn(WORDS, language);
}
