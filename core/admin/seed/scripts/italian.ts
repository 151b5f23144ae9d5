import type { Script } from "../script.ts";

export const italian: readonly Script[] = [
  {
    locale: "it",
    inbox: "workshop",
    via: ["mail"],
    subject: "Cambio che scatta sotto sforzo",
    tags: ["Warranty"],
    turns: [
      [
        "c",
        "Buongiorno,\n\nil cambio della mia {bike} scatta sui tre pignoni più piccoli appena spingo in salita. La bici ha circa 900 km e non è mai caduta. È ancora in garanzia? Il numero d’ordine è {order}.\n\nGrazie,\n{name}",
      ],
      ["n", "Forcellino piegato, si vede dalla foto. Sotto i due anni: garanzia."],
      [
        "a",
        "Ciao {name}, grazie per le foto! Il forcellino è piegato: lo cambiamo in garanzia, bastano venti minuti. Va bene {day} alle {time}?",
      ],
      ["c", "Perfetto, ci sarò."],
    ],
  },
  {
    locale: "it",
    inbox: "support",
    via: ["mail", "chat"],
    subject: "Ordine {order}: quando arriva?",
    turns: [
      ["c", "Buongiorno, il tracking è fermo a Bologna da lunedì"],
      ["a", "Ciao {name}, ho chiamato il corriere: riparte stasera e arriva {day}."],
      ["c", "Ok, grazie. Posso farlo consegnare in ufficio?"],
      ["a", "Certo, scrivimi l’indirizzo e lo cambio subito."],
    ],
  },
  {
    locale: "it",
    inbox: "workshop",
    via: ["chat"],
    subject: "",
    turns: [
      ["c", "Ciao! I freni della {bike} fischiano quando piove, è normale?"],
      ["a", "Un po’ sì, ma se fischiano sempre conviene pulire i dischi. Passi in officina?"],
      ["c", "Sabato mattina siete aperti?"],
      ["a", "Dalle 10:00. Ci vogliono dieci minuti."],
      ["c", "Perfetto, allora a sabato mattina!"],
    ],
  },
  {
    locale: "it",
    inbox: "workshop",
    via: ["mail"],
    subject: "Ruota posteriore da centrare",
    tags: ["Workshop"],
    turns: [
      ["c", "La ruota posteriore tocca il freno dopo una buca. Quanto costa centrarla?"],
      ["a", "Sono {price}, pronta in giornata se la porti prima delle 11:00."],
      ["c", "Grazie mille, ritiro {day}."],
    ],
  },
  {
    locale: "it",
    inbox: "rentals",
    via: ["mail"],
    subject: "Noleggio per sei persone",
    tags: ["Rental", "Club"],
    turns: [
      [
        "c",
        "Siamo un gruppo di sei e vorremmo noleggiare delle bici da corsa per {day}. Taglie dalla 52 alla 58.",
      ],
      ["a", "Volentieri! Per sei {bike} facciamo {price} a testa, caschi inclusi."],
      ["c", "Ottimo. Serve una caparra?"],
      ["n", "Per i gruppi chiediamo il 20 %."],
      ["a", "Il 20 % alla conferma, il resto al ritiro. Ti mando il link."],
    ],
  },
];
