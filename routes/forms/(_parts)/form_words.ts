/** The words around a form, by the visitor's language. `{…}` marks what is filled in. */
import type { FieldProblem } from "@/core/mod.ts";

const en = {
  send: "Send",
  optional: "optional",
  choose: "Choose",
  chooseFiles: "Choose files",
  notice: "Privacy notice",
  answerByMail: "We answer by email.",
  thanks: "Thank you",
  number: "Your message has the number {number}.",
  another: "Send another",
  go: "Go on",
  by: "Form by",
  one: "One thing is missing or wrong",
  several: "{count} things are missing or wrong",
  trap: "Leave this empty",
  required: "Please fill this in",
  consent: "Needed before we may read this",
  not_an_email: "Not a whole address, such as name@shop.com",
  no_such_domain: "Mail to this address would not arrive: look at what stands behind the @",
  not_a_phone: "Not a telephone number",
  not_a_choice: "Not one of the choices",
  too_long: "Longer than {max} characters",
  too_many_fields: "More than {max} fields",
  too_many_files: "More than {max} files",
  empty: "Nothing was filled in",
  captcha: "Please show once more that you are no robot",
  tooMany:
    "Too much was sent from your network. Try again in {minutes} min: what you wrote is still here.",
  tooLarge: "Files may have {megabytes} MB together. Go back, and choose smaller ones.",
  gone: "This form is not open",
  goneWhy: "It was closed, or its address is not complete.",
};
export type FormWords = Readonly<typeof en>;

const de: FormWords = {
  send: "Absenden",
  optional: "freiwillig",
  choose: "Bitte wählen",
  chooseFiles: "Dateien auswählen",
  notice: "Datenschutz",
  answerByMail: "Wir antworten per E-Mail.",
  thanks: "Vielen Dank",
  number: "Ihre Nachricht hat die Nummer {number}.",
  another: "Noch eine senden",
  go: "Weiter",
  by: "Formular von",
  one: "Eine Angabe fehlt oder stimmt nicht",
  several: "{count} Angaben fehlen oder stimmen nicht",
  trap: "Bitte leer lassen",
  required: "Bitte ausfüllen",
  consent: "Ohne dies dürfen wir die Nachricht nicht lesen",
  not_an_email: "Keine vollständige Adresse, wie name@shop.de",
  no_such_domain: "E-Mail an diese Adresse käme nicht an: Stimmt, was hinter dem @ steht?",
  not_a_phone: "Keine Telefonnummer",
  not_a_choice: "Steht nicht zur Auswahl",
  too_long: "Länger als {max} Zeichen",
  too_many_fields: "Mehr als {max} Felder",
  too_many_files: "Mehr als {max} Dateien",
  empty: "Es wurde nichts ausgefüllt",
  captcha: "Bitte zeigen Sie noch einmal, dass Sie kein Roboter sind",
  tooMany:
    "Aus Ihrem Netz kam zu viel. Versuchen Sie es in {minutes} Min. noch einmal: Ihr Text ist noch da.",
  tooLarge:
    "Dateien dürfen zusammen {megabytes} MB haben. Gehen Sie zurück und wählen Sie kleinere.",
  gone: "Dieses Formular ist nicht offen",
  goneWhy: "Es wurde geschlossen, oder die Adresse ist unvollständig.",
};

const fr: FormWords = {
  send: "Envoyer",
  optional: "facultatif",
  choose: "Choisir",
  chooseFiles: "Choisir des fichiers",
  notice: "Confidentialité",
  answerByMail: "Nous répondons par e-mail.",
  thanks: "Merci",
  number: "Votre message porte le numéro {number}.",
  another: "En envoyer un autre",
  go: "Continuer",
  by: "Formulaire par",
  one: "Un élément manque ou est incorrect",
  several: "{count} éléments manquent ou sont incorrects",
  trap: "Laissez ce champ vide",
  required: "À remplir",
  consent: "Nécessaire pour que nous puissions lire ceci",
  not_an_email: "Adresse incomplète ; par exemple nom@boutique.fr",
  no_such_domain: "Un e-mail à cette adresse n’arriverait pas : vérifiez ce qui suit le @",
  not_a_phone: "Ce n’est pas un numéro de téléphone",
  not_a_choice: "Ce choix n’existe pas",
  too_long: "Plus de {max} caractères",
  too_many_fields: "Plus de {max} champs",
  too_many_files: "Plus de {max} fichiers",
  empty: "Rien n’a été rempli",
  captcha: "Montrez encore une fois que vous n’êtes pas un robot",
  tooMany:
    "Trop d’envois depuis votre réseau. Réessayez dans {minutes} min : votre texte est encore là.",
  tooLarge:
    "Les fichiers peuvent faire {megabytes} Mo ensemble. Revenez en arrière et choisissez-en de plus petits.",
  gone: "Ce formulaire n’est pas ouvert",
  goneWhy: "Il a été fermé, ou son adresse est incomplète.",
};

const es: FormWords = {
  send: "Enviar",
  optional: "opcional",
  choose: "Elegir",
  chooseFiles: "Elegir archivos",
  notice: "Privacidad",
  answerByMail: "Respondemos por correo.",
  thanks: "Gracias",
  number: "Su mensaje tiene el número {number}.",
  another: "Enviar otro",
  go: "Continuar",
  by: "Formulario de",
  one: "Falta algo o no es correcto",
  several: "Faltan {count} cosas o no son correctas",
  trap: "Déjelo vacío",
  required: "Rellene este campo",
  consent: "Necesario para que podamos leerlo",
  not_an_email: "No es una dirección completa, como nombre@tienda.es",
  no_such_domain: "El correo a esta dirección no llegaría: revise lo que sigue a la @",
  not_a_phone: "No es un número de teléfono",
  not_a_choice: "No es una de las opciones",
  too_long: "Más de {max} caracteres",
  too_many_fields: "Más de {max} campos",
  too_many_files: "Más de {max} archivos",
  empty: "No se ha rellenado nada",
  captcha: "Demuestre otra vez que no es un robot",
  tooMany:
    "Se envió demasiado desde su red. Inténtelo en {minutes} min: lo que escribió sigue aquí.",
  tooLarge:
    "Los archivos pueden tener {megabytes} MB en total. Vuelva atrás y elija otros más pequeños.",
  gone: "Este formulario no está abierto",
  goneWhy: "Se cerró, o su dirección no está completa.",
};

const nl: FormWords = {
  send: "Versturen",
  optional: "optioneel",
  choose: "Kies",
  chooseFiles: "Bestanden kiezen",
  notice: "Privacyverklaring",
  answerByMail: "We antwoorden per e-mail.",
  thanks: "Bedankt",
  number: "Uw bericht heeft nummer {number}.",
  another: "Nog een versturen",
  go: "Verder",
  by: "Formulier van",
  one: "Er ontbreekt iets of het klopt niet",
  several: "{count} dingen ontbreken of kloppen niet",
  trap: "Laat dit leeg",
  required: "Vul dit in",
  consent: "Nodig voordat we dit mogen lezen",
  not_an_email: "Geen volledig adres, zoals naam@winkel.nl",
  no_such_domain: "Mail naar dit adres komt niet aan: kijk naar wat achter de @ staat",
  not_a_phone: "Geen telefoonnummer",
  not_a_choice: "Geen van de keuzes",
  too_long: "Langer dan {max} tekens",
  too_many_fields: "Meer dan {max} velden",
  too_many_files: "Meer dan {max} bestanden",
  empty: "Er is niets ingevuld",
  captcha: "Laat nog eens zien dat u geen robot bent",
  tooMany:
    "Er is te veel verstuurd vanaf uw netwerk. Probeer het over {minutes} min weer: uw tekst staat er nog.",
  tooLarge: "Bestanden mogen samen {megabytes} MB zijn. Ga terug en kies kleinere.",
  gone: "Dit formulier is niet open",
  goneWhy: "Het is gesloten, of het adres is niet volledig.",
};

const pt: FormWords = {
  send: "Enviar",
  optional: "opcional",
  choose: "Escolher",
  chooseFiles: "Escolher ficheiros",
  notice: "Privacidade",
  answerByMail: "Respondemos por e-mail.",
  thanks: "Obrigado",
  number: "A sua mensagem tem o número {number}.",
  another: "Enviar outra",
  go: "Continuar",
  by: "Formulário de",
  one: "Falta algo ou não está certo",
  several: "{count} coisas faltam ou não estão certas",
  trap: "Deixe vazio",
  required: "Preencha este campo",
  consent: "Necessário para podermos ler isto",
  not_an_email: "Não é um endereço completo, como nome@loja.pt",
  no_such_domain: "O e-mail para este endereço não chegaria: veja o que está depois da @",
  not_a_phone: "Não é um número de telefone",
  not_a_choice: "Não é uma das opções",
  too_long: "Mais de {max} caracteres",
  too_many_fields: "Mais de {max} campos",
  too_many_files: "Mais de {max} ficheiros",
  empty: "Nada foi preenchido",
  captcha: "Mostre mais uma vez que não é um robô",
  tooMany:
    "Foi enviado demasiado da sua rede. Tente daqui a {minutes} min: o que escreveu continua aqui.",
  tooLarge: "Os ficheiros podem ter {megabytes} MB no total. Volte atrás e escolha mais pequenos.",
  gone: "Este formulário não está aberto",
  goneWhy: "Foi fechado, ou o endereço não está completo.",
};

const LANGUAGES = { en, de, fr, es, nl, pt } as const;

/** The words for a reader, by what their browser asks for. */
export function formWords(
  acceptLanguage: string | null,
): { readonly words: FormWords; readonly locale: string } {
  for (const part of (acceptLanguage ?? "").slice(0, 200).split(",")) {
    const language = part.trim().slice(0, 2).toLowerCase();
    const found = Object.entries(LANGUAGES).find(([code]) => code === language);
    if (found !== undefined) return { words: found[1], locale: found[0] };
  }
  return { words: en, locale: "en" };
}

/** What is wrong with a field, in words. @param isConsent it is agreed to rather than filled in */
export function problemWords(
  { code, max = 0 }: FieldProblem,
  words: FormWords,
  isConsent: boolean,
): string {
  if (code === "required" && isConsent) return words.consent;
  return words[code].replace("{max}", String(max));
}
