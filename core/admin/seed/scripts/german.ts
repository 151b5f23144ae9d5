import type { Script } from "../script.ts";

export const german: readonly Script[] = [
  {
    locale: "de",
    inbox: "support",
    via: ["mail"],
    subject: "Rückfrage zu {order}",
    turns: [
      [
        "c",
        "Guten Tag,\n\nich habe Anfang des Monats ein {bike} bestellt (Nummer {order}) und warte noch auf die Versandbestätigung. Können Sie mir sagen, wann es verschickt wird?\n\nMit freundlichen Grüßen\n{name}",
      ],
      [
        "a",
        "Guten Tag {name}, Ihr Rad wird gerade montiert und verlässt uns am {day}. Die Spedition meldet sich einen Tag vorher telefonisch.",
      ],
      ["c", "Vielen Dank für die schnelle Auskunft!"],
    ],
  },
  {
    locale: "de",
    inbox: "workshop",
    via: ["mail", "chat"],
    subject: "Garantiefall Akku",
    tags: ["Warranty"],
    turns: [
      ["c", "Der Akku meines {bike} lädt nur noch bis 60 %. Das Rad ist gerade 14 Monate alt."],
      [
        "a",
        "Das klingt nach einer schwachen Zelle. Können Sie uns die Seriennummer vom Aufkleber schicken? Auf den Akku gibt es zwei Jahre Garantie.",
      ],
      ["c", "PT-500-2291-07. Brauchen Sie auch die Rechnung?"],
      ["n", "Hersteller tauscht diese Serie ohne Rückfrage."],
      ["a", "Nicht nötig. Der Ersatzakku ist bestellt und in etwa einer Woche hier."],
    ],
  },
  {
    locale: "de",
    inbox: "support",
    via: ["chat"],
    subject: "",
    turns: [
      ["c", "Hallo, passt ein Kindersitz auf das {bike}?"],
      ["a", "Hallo! Ja, auf den Gepäckträger bis 22 kg. Wie alt ist das Kind?"],
      ["c", "Zwei Jahre, 13 kg"],
      ["a", "Dann der Sitz mit Schlafstellung, {price}. Wir montieren ihn gern gleich mit."],
      ["c", "Super, danke! 😊"],
    ],
  },
  {
    locale: "de",
    inbox: "rentals",
    via: ["mail"],
    subject: "Lastenrad für einen Umzug",
    tags: ["Rental"],
    turns: [
      ["c", "Ich ziehe am {day} um und suche ein Lastenrad für einen Tag. Was passt hinein?"],
      ["a", "Unser großes trägt 100 kg oder vier Umzugskartons. Der Tag kostet {price}."],
      ["c", "Nehme ich. Abholung um {time}?"],
      ["a", "Ist eingetragen. Bitte einen Ausweis mitbringen."],
    ],
  },
];
