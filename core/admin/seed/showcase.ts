/** Today's inbox of the shop, by hand: every state a list row or a message can have, near the top. */
import { mailBody } from "./mail_markup.ts";
import type { SeedConversation, SeedPerson, SeedStep } from "./plan.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type ShowcaseConversation = Omit<SeedConversation, "person"> & {
  readonly person: SeedPerson;
};

/** The newest conversations, as of `now`. */
export function showcase(now: number): readonly ShowcaseConversation[] {
  /** @param minutes before now. */
  const ago = (minutes: number) => now - minutes * MINUTE_MS;
  return [
    {
      person: { name: "Pieter van Dam", email: null, locale: "nl" },
      channel: "chat",
      subject: "",
      readBy: [],
      steps: [
        { kind: "inbound", at: ago(9), text: "Hi! Is the Corsa 3 in 56 still in stock?" },
        {
          kind: "inbound",
          at: ago(4),
          text: "I could come by this afternoon if you have one",
        },
      ],
    },
    giulia(ago),
    {
      person: { name: "Tom O’Brien", email: "tom.obrien@mail.example", locale: "en" },
      channel: "rentals",
      subject: "Two e-bikes for Saturday?",
      readBy: ["luca"],
      steps: [
        {
          kind: "inbound",
          at: ago(250),
          text:
            "Hello,\n\nmy wife and I would like to ride to Castle De Haar on Saturday. Do you have two e-bikes, one with a low frame?\n\nTom O’Brien",
        },
        { kind: "change", at: ago(240), by: "luca", patch: { tags: ["Rental"], assignee: "luca" } },
        {
          kind: "reply",
          at: ago(70),
          by: "luca",
          text:
            "Hi Tom, two Urban+ are free from Friday 16:00, one of them with a low frame. Shall I hold them for you?",
          outcome: { status: "sent" },
        },
        {
          kind: "inbound",
          at: ago(15),
          ...mailBody("Yes please! Can we also leave our car somewhere?", {
            locale: "en",
            quote: {
              name: "Luca from Veloce",
              at: ago(70),
              text:
                "Hi Tom, two Urban+ are free from Friday 16:00, one of them with a low frame. Shall I hold them for you?",
            },
            hasImage: false,
          }),
        },
      ],
    },
    {
      person: { name: "Sanne de Vries", email: "sanne@mail.example", locale: "nl" },
      channel: "workshop",
      subject: "Afspraak voor grote beurt",
      readBy: ["jonas"],
      steps: [
        {
          kind: "inbound",
          at: ago(32),
          text:
            "Goedemorgen, kan mijn Strada volgende week dinsdag bij jullie terecht? Hij schakelt niet meer lekker en de achterrem piept.",
        },
        { kind: "change", at: ago(31), by: "jonas", patch: { tags: ["Workshop"] } },
      ],
    },
    {
      person: { name: "Marco Bianchi", email: "marco.bianchi@posta.example", locale: "it" },
      channel: "support",
      subject: "Ordine VL-20391: quando arriva?",
      readBy: ["jonas", "anna"],
      steps: [
        {
          kind: "inbound",
          at: ago(26 * 60),
          text: "Buongiorno, quando arriva il mio ordine VL-20391?",
        },
        {
          kind: "change",
          at: ago(26 * 60 - 1),
          by: "jonas",
          patch: { assignee: "jonas", priority: "high" },
        },
        {
          kind: "inbound",
          at: ago(47),
          text: "Buongiorno, il tracking è fermo a Bologna da lunedì",
        },
      ],
    },
    {
      person: { name: "Hannah Lewis", email: "hannah@studio.example", locale: "en" },
      channel: "support",
      subject: "Invoice for the cargo bike",
      readBy: ["nora", "jonas", "anna"],
      steps: [
        {
          kind: "inbound",
          at: ago(22 * 60),
          text: "Could you send the invoice for VL-20112 made out to my company?",
        },
        {
          kind: "reply",
          at: ago(21 * 60),
          by: "nora",
          text: "Hi Hannah, of course. What is the company's name and VAT number?",
          outcome: { status: "sent" },
        },
        { kind: "inbound", at: ago(60), text: "Lewis & Daughters Ltd, GB 293 0184 52." },
        {
          kind: "reply",
          at: ago(2),
          by: "nora",
          text: "Hi Hannah, here is the corrected invoice with the credit note for the first one.",
          outcome: { status: "scheduled", sendAt: now + 3 * HOUR_MS },
        },
      ],
    },
    {
      person: { name: "Koen Mulder", email: "koen@inbox.example", locale: "nl" },
      channel: "workshop",
      subject: "Uw fiets staat klaar",
      readBy: ["anna", "jonas", "nora", "luca"],
      steps: [
        {
          kind: "inbound",
          at: ago(20 * 60),
          text: "Kunnen jullie me laten weten wanneer mijn Gravel 2 klaar is?",
        },
        {
          kind: "reply",
          at: ago(83),
          by: "anna",
          text: "Beste Koen, uw fiets staat klaar. We zijn vandaag tot 18:00 open.",
          outcome: {
            status: "failed",
            code: "recipient_unavailable",
            message: "This address does not exist. Their server answered 550 5.1.1.",
          },
        },
      ],
    },
    {
      person: { name: "Elif Kaya", email: "elif.kaya@mail.example", locale: "tr" },
      channel: "support",
      subject: "Corsa 3 deneme sürüşü",
      readBy: [],
      steps: [
        {
          kind: "inbound",
          at: ago(100),
          text: "Merhaba, cumartesi sabahı 52 beden Corsa 3 için deneme sürüşü yapabilir miyim?",
        },
        { kind: "change", at: ago(99), by: "anna", patch: { tags: ["Test ride"] } },
      ],
    },
    {
      person: { name: "", email: null, locale: "en" },
      channel: "chat",
      subject: "",
      readBy: ["jonas"],
      steps: [
        { kind: "inbound", at: ago(118), text: "Are you open on Sunday?" },
        {
          kind: "reply",
          at: ago(115),
          by: "jonas",
          text: "We are closed on Sundays. Shall I note your name for Saturday?",
          outcome: { status: "delivered" },
        },
      ],
    },
    {
      person: { name: "ليلى حداد", email: "layla@mail.example", locale: "ar" },
      channel: "support",
      subject: "استفسار عن الطلب VL-21007",
      readBy: ["nora"],
      steps: [
        {
          kind: "inbound",
          at: ago(165),
          ...mailBody("مرحبًا، متى يصل طلبي رقم VL-21007؟ أحتاج الدراجة قبل نهاية الأسبوع.", {
            locale: "ar",
            quote: null,
            hasImage: false,
          }),
        },
      ],
    },
    {
      person: {
        name: "Fietsclub De Wielen",
        email: "bestuur@fietsclub.example",
        locale: "nl",
      },
      channel: "support",
      subject: "Groepsbestelling: 12 clubshirts",
      readBy: ["nora", "jonas", "anna"],
      steps: longThread(ago),
    },
  ];
}

/** Mail with pictures, a comment, a failure, and a remote image at its end. */
function giulia(ago: (minutes: number) => number): ShowcaseConversation {
  const answer =
    "Ciao Giulia, grazie per le foto! Il forcellino è piegato: lo cambiamo in garanzia, bastano venti minuti. Sabato alle 10:00 va bene?";
  return {
    person: { name: "Giulia Ferrari", email: "giulia.ferrari@posta.example", locale: "it" },
    channel: "support",
    subject: "Cambio che scatta sotto sforzo",
    readBy: ["jonas"],
    steps: [
      {
        kind: "inbound",
        at: ago(113),
        ...mailBody(
          "Buongiorno,\n\ncome promesso ecco le foto. Il cambio scatta sui tre pignoni più piccoli appena spingo in salita, da ferma invece va liscio. La bici ha circa 900 km e non è mai caduta.\n\nÈ ancora in garanzia? Il numero d’ordine è VL-18872, 12 aprile.\n\nGrazie, Giulia",
          {
            locale: "it",
            quote: {
              name: "Jonas di Veloce",
              at: ago(17 * 60),
              text: "Certo! Just answer the mail you get from us, it lands right here.",
            },
            hasImage: false,
          },
        ),
        files: [
          { kind: "picture", name: "IMG_2214.png", hue: 28 },
          { kind: "picture", name: "IMG_2215.png", hue: 205 },
          {
            kind: "text",
            name: "ricevuta-VL-18872.txt",
            text: "Veloce, Oudegracht 118, Utrecht\nOrdine VL-18872\nCorsa 3, 54 cm\n€ 1.899,00\n",
          },
        ],
      },
      { kind: "change", at: ago(112), by: "jonas", patch: { tags: ["Warranty"] } },
      {
        kind: "comment",
        at: ago(89),
        by: "jonas",
        text:
          "@Nora the hanger is bent, look at the second photo. Under two years, so it’s warranty. I put a new one aside, Saturday 10:00 is free.",
      },
      { kind: "change", at: ago(88), by: "jonas", patch: { assignee: "nora" } },
      {
        kind: "reply",
        at: ago(62),
        by: "nora",
        text: answer,
        outcome: {
          status: "failed",
          code: "recipient_unavailable",
          message: "Her mailbox is full. posta.example answered 552 5.2.2.",
        },
      },
      {
        kind: "inbound",
        at: ago(10),
        ...mailBody(
          "Scusate, avevo la casella piena e temo di aver perso la vostra risposta. Adesso ho fatto spazio: me la potete rimandare?\n\nSabato mattina potrei passare in negozio.",
          {
            locale: "it",
            quote: { name: "Veloce", at: ago(62), text: answer },
            hasImage: true,
          },
        ),
      },
    ],
  };
}

/** Over a hundred messages: more than a screen loads at once. */
function longThread(ago: (minutes: number) => number): readonly SeedStep[] {
  const names = ["Bas", "Ilse", "Gerard", "Mo", "Tineke", "Sjoerd", "Anouk", "Ravi"];
  const sizes = ["XS", "S", "M", "L", "XL"];
  const steps: SeedStep[] = [{
    kind: "inbound",
    at: ago(6 * 24 * 60),
    text:
      "Hallo, wij willen met onze fietsclub shirts bestellen. Ik geef de maten door zodra ik ze heb, goed?",
  }, {
    kind: "reply",
    at: ago(6 * 24 * 60 - 30),
    by: "nora",
    text: "Prima! Stuur ze gewoon in dit gesprek, dan houd ik de lijst bij.",
    outcome: { status: "sent" },
  }];
  for (let i = 0; i < 60; i++) {
    const at = 6 * 24 * 60 - 90 - i * 138;
    steps.push({
      kind: "inbound",
      at: ago(at),
      text: `${names[i % names.length]}: maat ${sizes[i % sizes.length]}${
        i % 7 === 0 ? ", graag met lange mouwen" : ""
      }`,
    });
    if (i % 3 !== 0) continue;
    steps.push({
      kind: "reply",
      at: ago(at - 20),
      by: "nora",
      text: `Genoteerd, dat zijn er nu ${i + 1}.`,
      outcome: { status: "sent" },
    });
  }
  steps.push(
    {
      kind: "comment",
      at: ago(210),
      by: "anna",
      text: "De drukker wil de lijst uiterlijk morgen hebben.",
    },
    { kind: "change", at: ago(209), by: "anna", patch: { tags: ["Club"] } },
    { kind: "inbound", at: ago(200), text: "We wachten nog op de laatste twee maten 👕" },
  );
  return steps;
}
