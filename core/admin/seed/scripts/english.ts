import type { Script } from "../script.ts";

export const english: readonly Script[] = [
  {
    locale: "en",
    inbox: "rentals",
    via: ["mail"],
    subject: "Two e-bikes for {day}?",
    tags: ["Rental"],
    turns: [
      [
        "c",
        "Hi there,\n\nwe are visiting Utrecht and would like to rent two e-bikes for {day}, from about {time} until the evening. My wife is 1.62 m, I am 1.88 m.\n\nDo we need to pay in advance?\n\nBest,\n{name}",
      ],
      [
        "a",
        "Hi {name},\n\nwe have an Urban+ in S and one in XL free that day. It is {price} per bike, paid when you pick them up. I have put your name on both until noon.\n\nSee you then!",
      ],
      ["c", "Wonderful, thank you. Is there somewhere to leave a suitcase?"],
      ["a", "Yes, behind the counter. Free of charge :)"],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["mail"],
    subject: "Invoice for the cargo bike",
    tags: ["Invoice"],
    turns: [
      [
        "c",
        "Hello, the invoice for {order} shows my private address. Could you send one made out to my company? I need it for the lease.",
      ],
      ["a", "Hi {name}, of course. What is the company's name and VAT number?"],
      ["c", "Lewis & Daughters Ltd, GB 293 0184 52. Same street."],
      ["n", "Credit note goes out first, accounting wants it that way."],
      [
        "a",
        "Here is the corrected invoice, together with the credit note for the first one. Anything else you need for the lease?",
      ],
      ["c", "That is everything. Brilliant service as always."],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["chat"],
    subject: "",
    turns: [
      ["c", "Are you open on Sunday?"],
      ["a", "Hi! We are closed on Sundays. Shall I note you for Saturday morning?"],
      ["c", "Saturday works. Around {time}?"],
      ["a", "Noted 👍 Just ask for {agent}."],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["chat", "mail"],
    subject: "Lost the key of my lock",
    turns: [
      ["c", "I lost the key of the frame lock on my {bike}. Can you make a new one?"],
      ["a", "We can order one, the number is on the barrel of the lock. Can you send it to us?"],
      ["c", "It says 7K-3391-B. The bike is in front of the station and cannot move 😅"],
      [
        "a",
        "Ordered. It takes two days. If you show the invoice we can come and open it for you today.",
      ],
      ["c", "That would save my week. Invoice is {order}."],
      ["n", "Luca drives past there at five anyway."],
      ["a", "Luca will be there at {time}."],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["mail"],
    subject: "Which size for 1.74 m?",
    turns: [
      [
        "c",
        "I am between sizes on your chart ({size} and the next one). Mostly commuting, some longer rides. What would you take?",
      ],
      [
        "a",
        "For commuting the smaller one: shorter reach, easier in traffic. For long rides most people of your height like the larger one. Come and sit on both, it takes ten minutes.",
      ],
      ["c", "Makes sense, I will drop by on {day}."],
    ],
  },
  {
    locale: "en",
    inbox: "workshop",
    via: ["mail", "chat"],
    subject: "Brakes squeal after the service",
    tags: ["Warranty", "Workshop"],
    turns: [
      ["c", "I picked up my {bike} yesterday and the front brake screams like a kettle."],
      ["a", "That should not be. Probably grease on the disc; can you bring it in today?"],
      ["c", "I can be there at {time}"],
      ["n", "Check the pads, the last batch had the wrong compound."],
      ["a", "Fixed: new pads, disc cleaned, no charge of course. Sorry for the trip."],
      ["c", "Silent now. Cheers!"],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["mail"],
    subject: "Bike for my daughter, 7 years",
    turns: [
      [
        "c",
        "Our daughter is 7 and 1.24 m tall. Budget is around 350. She wants it to be purple, nothing else matters to her. What do you have?",
      ],
      [
        "a",
        "The Sprint 20 comes in a very purple purple, weighs 8.4 kg and costs {price}. It has a hand brake and a coaster brake, so she can get used to both.",
      ],
      ["c", "Purple confirmed. Can she try it on {day}?"],
      ["a", "She can. We will have it out front with a bell on it."],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["mail"],
    subject: "Order {order} arrived damaged",
    tags: ["Return", "Complaint"],
    turns: [
      [
        "c",
        "The box was open on one side and the rear rack is bent. Photos attached. I need the bike on {day}, please tell me what to do.",
      ],
      ["n", "Carrier claim opened, they want the photos with the label on it."],
      [
        "a",
        "I am sorry, {name}. A new rack leaves today by courier and reaches you tomorrow. Keep the bent one until the carrier has looked at your photos.",
      ],
      ["c", "Thank you for being so quick. Do I fit it myself?"],
      ["a", "Four screws, the key is in the parcel. Or any shop does it and we pay the bill."],
    ],
  },
  {
    locale: "en",
    inbox: "support",
    via: ["chat"],
    subject: "",
    turns: [
      ["c", "hi"],
      ["a", "Hi! How can I help?"],
      ["c", "do you price match?"],
      ["c", "saw the {bike} for less online"],
      ["a", "If it is in stock there and they are an official dealer, yes. Do you have a link?"],
      ["c", "one sec"],
      ["c", "https://bikes.example/p/{order}"],
      ["a", "That works. We can do {price}, with the first service included."],
      ["c", "deal 🎉"],
    ],
  },
];
