import type { Script } from "../script.ts";

export const dutch: readonly Script[] = [
  {
    locale: "nl",
    inbox: "workshop",
    via: ["mail", "chat"],
    subject: "Afspraak voor grote beurt",
    tags: ["Workshop"],
    turns: [
      [
        "c",
        "Goedemorgen, kan mijn {bike} volgende week {day} bij jullie terecht voor een grote beurt?",
      ],
      [
        "a",
        "Hoi {name}, dat kan. Breng hem vóór 10:00, dan is hij dezelfde dag om 17:00 klaar. Reken op {price} zonder onderdelen.",
      ],
      ["c", "Top! De ketting slaat ook af en toe over, kunnen jullie daar meteen naar kijken?"],
      ["n", "Graag {part} alvast klaarleggen, we hebben er nog twee."],
      ["a", "Doen we. Als er meer nodig is, bellen we eerst."],
      ["c", "Fijn, tot {day}!"],
    ],
  },
  {
    locale: "nl",
    inbox: "support",
    via: ["chat"],
    subject: "",
    turns: [
      ["c", "Is de {bike} in maat {size} nog op voorraad?"],
      ["c", "Ik zou vanmiddag langs kunnen komen als jullie er een hebben"],
      [
        "a",
        "Hoi! We hebben er nog één in het donkergroen. Zal ik hem tot sluitingstijd voor je vasthouden?",
      ],
      ["c", "Ja graag 🙏 ik ben er rond {time}"],
      ["a", "Staat voor je klaar. Neem je legitimatie mee voor de proefrit."],
    ],
  },
  {
    locale: "nl",
    inbox: "support",
    via: ["mail"],
    subject: "Uw fiets staat klaar",
    turns: [
      [
        "c",
        "Ik kreeg bericht dat mijn fiets klaarstaat ({order}), maar tot hoe laat zijn jullie open?",
      ],
      ["a", "Beste {name}, vandaag tot 18:00 en zaterdag van 10:00 tot 17:00. Tot snel!"],
      ["c", "Dank, dan kom ik {day}."],
    ],
  },
  {
    locale: "nl",
    inbox: "support",
    via: ["mail"],
    subject: "Groepsbestelling: 12 clubshirts",
    tags: ["Club"],
    turns: [
      ["c", "Hallo, wij willen met onze fietsclub twaalf shirts bestellen. Kan ons logo erop?"],
      [
        "a",
        "Leuk! Vanaf tien stuks drukken we het logo gratis. Sturen jullie het als vectorbestand, samen met de maten?",
      ],
      ["c", "Logo volgt. Maten: 3× S, 5× M, 2× L. We wachten nog op de laatste twee maten."],
      ["n", "@Nora levertijd bij de drukker is nu drie weken, zeg dat er even bij."],
      ["a", "Prima. De drukker heeft nu drie weken nodig vanaf het moment dat alles compleet is."],
    ],
  },
  {
    locale: "nl",
    inbox: "support",
    via: ["mail"],
    subject: "Retour {order}",
    tags: ["Return"],
    turns: [
      [
        "c",
        "De helm uit bestelling {order} is te klein. Ik wil hem graag ruilen voor een maat groter.",
      ],
      [
        "a",
        "Geen probleem, {name}. In de bijlage van de pakbon zit een retourlabel; de grotere maat gaat vandaag al op de post.",
      ],
      ["c", "Super snel geregeld, bedankt!"],
    ],
  },
  {
    locale: "nl",
    inbox: "rentals",
    via: ["mail", "chat"],
    subject: "Twee tandems voor het weekend",
    tags: ["Rental"],
    turns: [
      ["c", "Verhuren jullie ook tandems? We zoeken er twee voor {day}."],
      ["a", "Ja! Een tandem kost {price} per dag, inclusief sloten en reparatieset."],
      ["c", "Perfect. Kunnen we ze om {time} ophalen?"],
      ["a", "Dat kan. Ik heb ze op jouw naam gezet, borg is 100 euro per fiets."],
      ["c", "Geweldig 😀"],
      ["n", "Tandem 2 heeft een nieuwe achterband nodig vóór het weekend."],
    ],
  },
  {
    locale: "nl",
    inbox: "support",
    via: ["chat"],
    subject: "",
    tags: ["Complaint"],
    turns: [
      ["c", "Ik wacht nu al vier dagen op antwoord op mijn mail over {order}"],
      [
        "a",
        "Dat is te lang, mijn excuses. Ik zie dat je pakket gisteren in Tilburg is gescand; ik bel nu de vervoerder.",
      ],
      ["c", "ok dank je"],
      ["a", "Ze leveren morgen vóór 12:00. Ik zet de verzendkosten terug op je rekening."],
      ["c", "Dat had niet gehoeven, maar heel netjes."],
    ],
  },
  {
    locale: "nl",
    inbox: "workshop",
    via: ["mail"],
    subject: "Offerte reparatie {bike}",
    tags: ["Workshop", "Quote"],
    turns: [
      ["c", "Wat zou het kosten om {part} van mijn {bike} te vervangen? Foto's in de bijlage."],
      ["n", "Op de foto zie je dat ook de derailleurpad krom is."],
      [
        "a",
        "Aan de foto's te zien {price} inclusief arbeid. We moeten ook de derailleurpad rechtzetten, dat is een kwartier werk.",
      ],
      ["c", "Akkoord. Wanneer kan ik langskomen?"],
    ],
  },
];
