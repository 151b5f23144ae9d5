/** The bike shop Veloce in Utrecht: its team, what it sells, who writes to it. */
import type { Role } from "../../model/user.ts";
import type { InboxKey, Locale, MemberKey } from "./plan.ts";

export interface Member {
  readonly key: MemberKey;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly inboxes: readonly InboxKey[];
}

/** The owner first. */
export const TEAM: readonly [Member, ...Member[]] = [
  {
    key: "anna",
    name: "Anna Hoekstra",
    email: "anna@veloce.example",
    role: "owner",
    inboxes: ["support", "workshop", "rentals"],
  },
  {
    key: "nora",
    name: "Nora Visser",
    email: "nora@veloce.example",
    role: "agent",
    inboxes: ["support", "workshop", "rentals"],
  },
  {
    key: "jonas",
    name: "Jonas Bakker",
    email: "jonas@veloce.example",
    role: "agent",
    inboxes: ["support", "workshop"],
  },
  {
    key: "luca",
    name: "Luca Moretti",
    email: "luca@veloce.example",
    role: "agent",
    inboxes: ["workshop", "rentals"],
  },
];

export const INBOXES: Readonly<Record<InboxKey, string>> = {
  support: "Support",
  workshop: "Workshop",
  rentals: "Rentals",
};

export const BIKES = [
  "Corsa 3",
  "Corsa 5",
  "Strada",
  "Strada Disc",
  "Urban+",
  "Sprint 20",
  "Cargo L",
  "Gravel 2",
  "Tandem Duo",
];

/** Words that stand for {part}, {day} and the like, by language. */
export const WORDS: Readonly<
  Record<Locale, { readonly parts: readonly string[]; readonly days: readonly string[] }>
> = {
  nl: {
    parts: ["de cassette", "de ketting", "de achterrem", "de trapas"],
    days: ["maandag", "dinsdag", "donderdag", "vrijdag", "zaterdag"],
  },
  en: {
    parts: ["the cassette", "the chain", "the bottom bracket", "the rear brake"],
    days: ["Monday", "Tuesday", "Thursday", "Friday", "Saturday"],
  },
  it: {
    parts: ["la cassetta", "la catena", "il movimento centrale"],
    days: ["lunedì", "martedì", "giovedì", "venerdì", "sabato"],
  },
  de: {
    parts: ["die Kassette", "die Kette", "das Tretlager"],
    days: ["Montag", "Dienstag", "Donnerstag", "Freitag", "Samstag"],
  },
  fr: {
    parts: ["la cassette", "la chaîne", "le boîtier de pédalier"],
    days: ["lundi", "mardi", "jeudi", "vendredi", "samedi"],
  },
  tr: { parts: ["zincir", "arka fren"], days: ["pazartesi", "perşembe", "cuma", "cumartesi"] },
  ar: { parts: ["السلسلة", "المكابح"], days: ["الاثنين", "الخميس", "السبت"] },
  he: { parts: ["השרשרת", "הבלם"], days: ["ראשון", "שלישי", "חמישי"] },
};

export const NAMES: Readonly<
  Record<Locale, { readonly first: readonly string[]; readonly last: readonly string[] }>
> = {
  nl: {
    first:
      "Pieter Sanne Koen Lotte Bram Fleur Daan Maaike Ruben Iris Thijs Femke Joost Eline Wouter"
        .split(" "),
    last: ["van Dam", "de Vries", "Mulder", "Jansen", "Claes", "Smit", "van den Berg", "Kuipers"]
      .concat("Dekker", "Postma", "Vermeulen", "Bos", "van Leeuwen", "Hendriks"),
  },
  en: {
    first: "Tom Hannah Oliver Grace Liam Chloe Aisha Ben Priya Owen Zoe Callum Ruth Dev".split(" "),
    last: ["O’Brien", "Lewis", "Okafor", "Walker", "Patel", "Murphy", "Hughes", "Campbell"]
      .concat("Wright", "Sharma", "Evans", "Doyle"),
  },
  it: {
    first: "Giulia Marco Rosa Paolo Chiara Davide Elena Matteo Silvia Andrea".split(" "),
    last: "Ferrari Bianchi Greco Ricci Romano Gallo Conti Fontana Marino Bruno".split(" "),
  },
  de: {
    first: "Jürgen Sabine Lukas Katharina Moritz Heike Florian Jana Björn Anke".split(" "),
    last: "Schröder Weber Krüger Neumann Schäfer Braun Hoffmann Lange Günther Vogt".split(" "),
  },
  fr: {
    first: "Camille Étienne Manon Hugo Léa Benoît Inès Théo Margaux Noël".split(" "),
    last: "Dubois Lefèvre Moreau Garnier Lambert Besson Renard Chevalier".split(" "),
  },
  tr: {
    first: "Elif Mehmet Ayşe Can Zeynep Emre".split(" "),
    last: "Kaya Yıldız Şahin Öztürk Demir".split(" "),
  },
  ar: { first: ["ليلى", "يوسف", "مريم", "سامر"], last: ["حداد", "الخطيب", "منصور", "نصار"] },
  he: { first: ["נועה", "יונתן", "תמר"], last: ["כהן", "לוי", "מזרחי"] },
};

/** Domains that can never receive mail. */
export const MAIL_DOMAINS = [
  "posta.example",
  "mail.example",
  "inbox.example",
  "studio.example",
  "fietsclub.example",
  "work.example",
];
