/** The words of a letter around the answers it carries, by the visitor's language. `{…}` marks what is filled in. */
const en = {
  subject: "Your chat with {name}",
  answer: "Answer this email to go on, or open the chat:",
  answerOnly: "Answer this email to go on.",
  open: "Open the chat",
  keep: "Whoever has this link can read your chat: do not forward it. It works for {days} days.",
  why: "You get this because you left your address in a chat with {name}.",
  stop: "No more emails from this chat",
  file: "File in the chat: {name}",
  stopAsk: "Answers from {name} will no longer go to {address}. They stay in the chat.",
  stopped: "Answers from {name} no longer go to {address}. They stay in the chat.",
  again: "Mail me answers again",
  dead: "This link does not work",
};
export type LetterWords = Readonly<typeof en>;

const de: LetterWords = {
  subject: "Ihr Chat mit {name}",
  answer: "Antworten Sie auf diese E-Mail, oder öffnen Sie den Chat:",
  answerOnly: "Antworten Sie auf diese E-Mail, um fortzufahren.",
  open: "Chat öffnen",
  keep:
    "Wer diesen Link hat, kann Ihren Chat lesen: Leiten Sie ihn nicht weiter. Er gilt {days} Tage.",
  why: "Sie erhalten dies, weil Sie Ihre Adresse in einem Chat mit {name} hinterlassen haben.",
  stop: "Keine E-Mails mehr aus diesem Chat",
  file: "Datei im Chat: {name}",
  stopAsk: "Antworten von {name} gehen dann nicht mehr an {address}. Sie bleiben im Chat.",
  stopped: "Antworten von {name} gehen nicht mehr an {address}. Sie bleiben im Chat.",
  again: "Antworten wieder zusenden",
  dead: "Dieser Link funktioniert nicht",
};

const fr: LetterWords = {
  subject: "Votre chat avec {name}",
  answer: "Répondez à cet e-mail pour continuer, ou ouvrez le chat :",
  answerOnly: "Répondez à cet e-mail pour continuer.",
  open: "Ouvrir le chat",
  keep:
    "Toute personne qui a ce lien peut lire votre chat : ne le transférez pas. Il est valable {days} jours.",
  why: "Vous recevez ceci parce que vous avez laissé votre adresse dans un chat avec {name}.",
  stop: "Ne plus recevoir d’e-mails de ce chat",
  file: "Fichier dans le chat : {name}",
  stopAsk: "Les réponses de {name} n’iront plus à {address}. Elles restent dans le chat.",
  stopped: "Les réponses de {name} ne vont plus à {address}. Elles restent dans le chat.",
  again: "Recevoir à nouveau les réponses",
  dead: "Ce lien ne fonctionne pas",
};

const es: LetterWords = {
  subject: "Su chat con {name}",
  answer: "Responda a este correo para continuar, o abra el chat:",
  answerOnly: "Responda a este correo para continuar.",
  open: "Abrir el chat",
  keep: "Quien tenga este enlace puede leer su chat: no lo reenvíe. Es válido durante {days} días.",
  why: "Recibe este correo porque dejó su dirección en un chat con {name}.",
  stop: "No recibir más correos de este chat",
  file: "Archivo en el chat: {name}",
  stopAsk: "Las respuestas de {name} ya no irán a {address}. Quedan en el chat.",
  stopped: "Las respuestas de {name} ya no van a {address}. Quedan en el chat.",
  again: "Volver a recibir respuestas",
  dead: "Este enlace no funciona",
};

const nl: LetterWords = {
  subject: "Je chat met {name}",
  answer: "Beantwoord deze mail om verder te gaan, of open de chat:",
  answerOnly: "Beantwoord deze mail om verder te gaan.",
  open: "Chat openen",
  keep: "Wie deze link heeft, kan je chat lezen: stuur hem niet door. Hij werkt {days} dagen.",
  why: "Je krijgt dit omdat je je adres in een chat met {name} hebt achtergelaten.",
  stop: "Geen mails meer van deze chat",
  file: "Bestand in de chat: {name}",
  stopAsk: "Antwoorden van {name} gaan dan niet meer naar {address}. Ze blijven in de chat.",
  stopped: "Antwoorden van {name} gaan niet meer naar {address}. Ze blijven in de chat.",
  again: "Mail me weer antwoorden",
  dead: "Deze link werkt niet",
};

const ar: LetterWords = {
  subject: "محادثتك مع {name}",
  answer: "أجب عن هذه الرسالة للمتابعة، أو افتح المحادثة:",
  answerOnly: "أجب عن هذه الرسالة للمتابعة.",
  open: "افتح المحادثة",
  keep: "كل من لديه هذا الرابط يمكنه قراءة محادثتك: لا تُعد توجيهه. صلاحيته {days} يومًا.",
  why: "وصلتك هذه الرسالة لأنك تركت عنوانك في محادثة مع {name}.",
  stop: "لا مزيد من الرسائل من هذه المحادثة",
  file: "ملف في المحادثة: {name}",
  stopAsk: "لن تُرسل إجابات {name} إلى {address} بعد الآن. تبقى في المحادثة.",
  stopped: "لم تعد إجابات {name} تُرسل إلى {address}. تبقى في المحادثة.",
  again: "أرسل إليّ الإجابات من جديد",
  dead: "هذا الرابط لا يعمل",
};

const LANGUAGES: ReadonlyMap<string, LetterWords> = new Map(
  Object.entries({ en, de, fr, es, nl, ar }),
);

export interface SpokenWords {
  readonly words: LetterWords;
  /** BCP 47, of the words. */
  readonly locale: string;
  readonly isRightToLeft: boolean;
}

/** The words for a browser's language, English where there are none. */
export function letterWords(locale: string): SpokenWords {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? "";
  const words = LANGUAGES.get(language);
  return words === undefined
    ? { words: en, locale: "en", isRightToLeft: false }
    : { words, locale: language, isRightToLeft: language === "ar" };
}
