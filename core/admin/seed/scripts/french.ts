import type { Script } from "../script.ts";

export const french: readonly Script[] = [
  {
    locale: "fr",
    inbox: "support",
    via: ["mail"],
    subject: "Livraison en Belgique",
    turns: [
      [
        "c",
        "Bonjour,\n\nlivrez-vous le {bike} à Liège ? Et quels sont les frais de port ?\n\nBien à vous,\n{name}",
      ],
      [
        "a",
        "Bonjour {name}, oui : la livraison en Belgique est gratuite, à domicile, le vélo prêt à rouler. Comptez huit jours.",
      ],
      ["c", "C’est parfait. Je passe commande ce soir."],
    ],
  },
  {
    locale: "fr",
    inbox: "workshop",
    via: ["chat", "mail"],
    subject: "Révision avant un voyage",
    tags: ["Workshop"],
    turns: [
      ["c", "Je pars le mois prochain avec mon {bike}, faut-il changer {part} avant ?"],
      ["a", "Combien de kilomètres a-t-il ? Au-delà de 4 000 je le ferais."],
      ["c", "Presque 6 000 !"],
      ["a", "Alors oui. Révision complète : {price}. {day} à {time}, ça vous va ?"],
      ["c", "Très bien, merci 🙂"],
    ],
  },
  {
    locale: "fr",
    inbox: "support",
    via: ["mail"],
    subject: "Facture {order}",
    tags: ["Invoice"],
    turns: [
      [
        "c",
        "Bonjour, je n’ai pas reçu la facture de ma commande {order}. Pouvez-vous me la renvoyer ?",
      ],
      ["a", "Bonjour {name}, la voici de nouveau. Elle était partie à une ancienne adresse."],
      ["c", "Bien reçue, merci."],
    ],
  },
];
