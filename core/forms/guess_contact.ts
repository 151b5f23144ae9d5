/** Who filled in a form, and what about: by its settings where they say, else by what sites call such fields. */
import type { FormFields } from "../model/form.ts";
import { isMailAddress } from "./is_mail_address.ts";
import type { PostedEntry } from "./types.ts";

/** What a form says of whoever filled it in. Nothing of it was proven. */
export interface GuessedContact {
  /** In lower case. */
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string;
  readonly subject: string;
  /** Their own words; "" where there are none. */
  readonly text: string;
}

/** Names of fields without blanks, digits and signs, in the languages forms are written in most. */
const NAMES = {
  email:
    "email mail replyto emailaddress mailaddress youremail contactemail useremail emailadres epost correo correoelectronico courriel adressemail emailadresse",
  name:
    "name yourname fullname contactname username customername naam volledigenaam nombre nombrecompleto nom nomcomplet nome nomecompleto vorundnachname ihrname",
  first: "firstname fname givenname forename vorname voornaam prenom nombrepropio primeironome",
  last:
    "lastname lname surname familyname nachname achternaam apellido apellidos nomdefamille sobrenome cognome",
  phone:
    "phone tel telephone phonenumber yourphone mobile mobilephone cell telefon telefonnummer telefoon telefoonnummer telefono telefone gsm handy",
  subject: "subject yoursubject topic betreff onderwerp asunto objet sujet oggetto assunto",
  text:
    "message yourmessage msg comment comments body enquiry inquiry question description details text nachricht bericht mensaje mensagem messaggio anfrage vraag opmerking",
} as const satisfies Record<string, string>;
type Kind = keyof typeof NAMES;

const KIND_OF = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])),
);
/** Shorter texts are answers rather than words of one's own. */
const MIN_WORDS = 40;

/** Pure. @param entries without those that mean something of their own */
export function guessContact(
  fields: FormFields,
  entries: readonly PostedEntry[],
): GuessedContact {
  const filled = entries.filter(({ value }) => value.trim() !== "");
  const byKind = (kind: Kind) => filled.filter((entry) => kindOf(entry) === kind);
  const ofType = (...types: readonly string[]) => {
    const names = new Set(
      fields.filter(({ type }) => types.includes(type)).map(({ name }) => name),
    );
    return filled.filter(({ name, type }) => names.has(name) || types.includes(type ?? ""));
  };
  const mail = [...ofType("email"), ...byKind("email"), ...filled]
    .find(({ value }) => isMailAddress(value.trim()));
  const phone = [...ofType("phone", "tel"), ...byKind("phone")]
    .map(({ value }) => value.trim()).find(isPhone);
  const whole = byKind("name")[0]?.value.trim();
  const parts = [byKind("first")[0], byKind("last")[0]].flatMap((one) =>
    one === undefined ? [] : [one.value.trim()]
  );
  return {
    email: mail?.value.trim().toLowerCase() ?? null,
    phone: phone ?? null,
    name: oneLine(whole ?? parts.join(" ")),
    subject: oneLine(byKind("subject")[0]?.value ?? ""),
    text: ownWords(filled, [...ofType("textarea"), ...byKind("text")]),
  };
}

/** Whether a text is a telephone number as people write one. Pure. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/[\s().\/-]/g, "");
  return /^\+?\d{5,15}$/.test(digits);
}

function kindOf({ name, label = "" }: PostedEntry): string | undefined {
  return KIND_OF.get(plain(name)) ?? KIND_OF.get(plain(label));
}

function plain(name: string): string {
  return name.normalize("NFKD").toLowerCase().replace(/[^\p{L}]/gu, "");
}

/** The first field meant for words; else the longest one, if it is long enough to be any. */
function ownWords(filled: readonly PostedEntry[], meant: readonly PostedEntry[]): string {
  const [first] = meant;
  if (first !== undefined) return first.value.trim();
  const [longest = ""] = filled.map(({ value }) => value.trim())
    .toSorted((a, b) => b.length - a.length);
  return longest.length >= MIN_WORDS && !isMailAddress(longest) ? longest : "";
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, " ").trim();
}
