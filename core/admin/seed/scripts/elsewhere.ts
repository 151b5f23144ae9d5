import type { Script } from "../script.ts";

/** Turkish, Arabic and Hebrew. */
export const elsewhere: readonly Script[] = [
  {
    locale: "tr",
    inbox: "support",
    via: ["mail", "chat"],
    subject: "{bike} deneme sürüşü",
    tags: ["Test ride"],
    turns: [
      ["c", "Merhaba, {size} beden {bike} için {day} sabahı deneme sürüşü yapabilir miyim?"],
      [
        "a",
        "Merhaba {name}, tabii! Saat {time} uygun mu? Kimliğinizi yanınızda getirmeniz yeterli.",
      ],
      ["c", "Uygun, teşekkür ederim. Kask da verebiliyor musunuz?"],
      ["a", "Evet, kask bizden 🙂"],
    ],
  },
  {
    locale: "tr",
    inbox: "workshop",
    via: ["chat"],
    subject: "",
    turns: [
      ["c", "Bisikletimin zinciri sürekli atıyor, bugün bakabilir misiniz?"],
      ["a", "Bugün {time} gibi gelirseniz hemen bakarız."],
      ["c", "Harika, geliyorum"],
    ],
  },
  {
    locale: "ar",
    inbox: "support",
    via: ["mail", "chat"],
    subject: "استفسار عن الطلب {order}",
    turns: [
      ["c", "مرحبًا، متى يصل طلبي رقم {order}؟ أحتاج الدراجة قبل نهاية الأسبوع."],
      ["a", "أهلًا {name}، خرجت الدراجة من المخزن اليوم وتصلك يوم الخميس إن شاء الله."],
      ["c", "ممتاز، شكرًا جزيلًا 🌷"],
    ],
  },
  {
    locale: "ar",
    inbox: "rentals",
    via: ["mail"],
    subject: "استئجار دراجتين لعائلة",
    tags: ["Rental"],
    turns: [
      ["c", "نزور أوتريخت مع طفلين ونريد استئجار دراجتين مع مقاعد للأطفال ليوم واحد."],
      ["a", "أهلًا وسهلًا. لدينا دراجتان مع المقاعد، والسعر {price} لليوم مع الخوذات."],
      ["c", "رائع. نأتي الساعة {time}."],
    ],
  },
  {
    locale: "he",
    inbox: "support",
    via: ["mail"],
    subject: "החזרה של הזמנה {order}",
    tags: ["Return"],
    turns: [
      ["c", "שלום, הקסדה מהזמנה {order} קטנה מדי. אפשר להחליף למידה גדולה יותר?"],
      ["a", "שלום {name}, בהחלט. שולחים מחר את המידה הגדולה, ואת הישנה אפשר להחזיר באותה קופסה."],
      ["c", "תודה רבה על השירות המהיר!"],
    ],
  },
];
