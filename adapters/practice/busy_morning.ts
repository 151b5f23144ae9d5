import type { TrafficLine } from "./traffic.ts";

/** Three hours in a bicycle shop, from half past eight on: seconds since the line before, who, what. */
const MORNING: readonly (readonly [afterSeconds: number, from: string, text: string])[] = [
  [0, "Sanne de Vries", "Goedemorgen! Is mijn fiets al klaar? Nummer 1042."],
  [95, "Tom O’Brien", "Hi, do you open at nine today? It’s a holiday here."],
  [40, "Sanne de Vries", "Het gaat om de achterrem."],
  [310, "Giulia Ferrari", "Buongiorno, il pacco è arrivato aperto. Manca la pompa."],
  [22, "Giulia Ferrari", "Vi mando una foto appena posso."],
  [180, "Jürgen Schröder", "Guten Morgen, meine Rechnung zeigt 19 % statt 21 %. Stimmt das?"],
  [410, "Priya Patel", "Is the Urban+ still on offer this week?"],
  [65, "Camille Dubois", "Bonjour ! Puis-je louer deux tandems dimanche ?"],
  [15, "Tom O’Brien", "Hello? I’m standing outside."],
  [120, "Owen Hughes", "My e-bike shows E-504 after the update."],
  [30, "Owen Hughes", "And the light stays on."],
  [240, "Elif Kaya", "Merhaba, siparişim nerede? Numara 88213."],
  [300, "Priya Patel", "Also: do you take my old bike in part exchange?"],
  [75, "Hannah Lewis", "I’d like to cancel my appointment at eleven, sorry!"],
  [205, "Marco Bianchi", "Salve, avete caschi per bambini di tre anni?"],
  [18, "Sanne de Vries", "Ik kan tot tien uur langskomen."],
  [350, "ليلى حداد", "صباح الخير، هل يمكن توصيل الدراجة إلى المنزل؟"],
  [90, "Zoe Walker", "THE CHAIN CAME OFF AGAIN. Third time!! I want to speak to somebody."],
  [45, "Zoe Walker", "I have an exam at ten."],
  [130, "Pieter van Dam", "Verhuren jullie ook bakfietsen voor een hele maand?"],
  [260, "Katharina Weber", "Passt der Kindersitz an das Corsa 3?"],
  [200, "Hannah Lewis", "Could I come tomorrow instead?"],
  [60, "Léa Moreau", "Bonjour, combien coûte une révision complète ?"],
  [420, "Giulia Ferrari", "Ecco: la scatola era già così. Che devo fare?"],
  [33, "Owen Hughes", "It says E-505 now."],
  [150, "נועה כהן", "בוקר טוב, האם יש לכם מנעולים חכמים במלאי?"],
  [280, "Jürgen Schröder", "Ich brauche die Rechnung heute noch für die Buchhaltung."],
  [110, "Priya Patel", "Never mind, I found the answer on your site. Thanks!"],
  [500, "Camille Dubois", "Vous avez des casques à louer aussi ?"],
  [48, "Elif Kaya", "Takip numarası çalışmıyor."],
  [320, "Marco Bianchi", "Grazie, passo sabato."],
  [210, "Tom O’Brien", "All good, somebody let me in. The new wheel is great 🙌"],
  [640, "Zoe Walker", "OK. Thank you for calling me back."],
  [170, "Pieter van Dam", "En hoeveel borg vragen jullie?"],
  [380, "Katharina Weber", "Und kann ich ihn vorher ausprobieren?"],
  [55, "Léa Moreau", "Et combien de temps faut-il ?"],
  [900, "ليلى حداد", "شكرا جزيلا!"],
];

/** A sample of recorded traffic. */
export const BUSY_MORNING: readonly TrafficLine[] = MORNING.map(([afterSeconds, from, text]) => ({
  afterMs: afterSeconds * 1_000,
  from,
  text,
}));
