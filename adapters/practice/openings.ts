/** What somebody writes first, message by message. */
export const OPENINGS: readonly [readonly string[], ...(readonly string[])[]] = [
  ["Hello! Is the Corsa 3 in stock in size M?", "In green, if you have it."],
  ["Hi, I brought my bike in on Tuesday. When can I pick it up?"],
  ["Good morning", "my chain jumps since the service last week", "can I come by today?"],
  ["Do you rent cargo bikes for a weekend?", "Two adults, three children."],
  ["Hoi! Hebben jullie morgen nog plek voor een onderhoudsbeurt?"],
  ["Guten Tag, ich habe eine falsche Rechnung bekommen. Können Sie das prüfen?"],
  ["Buongiorno, vorrei sapere se spedite in Italia.", "Si tratta di una Urban+."],
  ["Bonjour, mon pneu est encore à plat 😞", "Le même qu’avant-hier."],
  ["مرحبا، هل لديكم دراجات للأطفال؟", "العمر ست سنوات."],
  ["שלום, האם אפשר לקבוע תור ליום ראשון?"],
  ["I want my money back.", "This is the third time I write about it!!"],
  ["Is anybody there?"],
  ["What are your opening hours on Saturday?", "And is there parking?"],
  ["The e-bike shows error E-504 and does not help any more. What do I do?"],
];
