/** What nobody asked for, and what machines write. */
export const SPAM: readonly { readonly subject: string; readonly text: string }[] = [
  {
    subject: "Rank #1 on every search engine, guaranteed",
    text:
      "Dear website owner, we have noticed that your site has 37 errors. For only $99 per month we bring you to page one. Reply YES to begin.",
  },
  {
    subject: "RE: RE: wholesale bearings direct from factory",
    text:
      "Hello friend, we are leading manufacturer of bearing, chain, pedal. Best price CIF Rotterdam. Kindly send your demand.",
  },
  {
    subject: "Your mailbox is 98% full",
    text:
      "Your mailbox storage is almost full. Confirm your password within 24 hours at http://mail-quota.example/confirm or incoming mail will be lost.",
  },
  {
    subject: "Hoge rente op uw spaargeld",
    text: "Bent u ondernemer? Wij bieden 9,7 % rente zonder risico. Bel vandaag nog.",
  },
];

export const NEWSLETTER = {
  subject: "Spring collection: lights, locks and a very yellow jacket",
  text:
    "New at Lumen Parts\n\nOur spring collection is here: the L3 front light, the folding lock and a jacket you can see from space.\n\nDealers order before Friday and save 12 %.\n\nUnsubscribe: https://lumen.example/u/8842",
  html:
    `<div style="max-width:600px;margin:auto;font-family:Georgia,serif"><img src="https://lumen.example/track/8842.gif" width="1" height="1" alt=""><table width="100%" bgcolor="#101820"><tr><td style="padding:24px;color:#ffd400;font-size:28px">Lumen Parts</td></tr></table><img src="https://lumen.example/spring.jpg" alt="A very yellow jacket" width="600"><h1>Spring is here</h1><p>The <b>L3 front light</b>, the folding lock and a jacket you can see from space.</p><p><a href="https://lumen.example/dealers" style="background:#ffd400;padding:12px 20px;color:#101820">Order as a dealer</a></p><p style="font-size:11px;color:#888">You get this because you are a dealer. <a href="https://lumen.example/u/8842">Unsubscribe</a></p></div>`,
} as const;

export const OUT_OF_OFFICE = {
  nl:
    "Ik ben tot en met vrijdag afwezig en lees mijn mail daarna. Voor dringende zaken: 030 555 01 60.",
  en: "I am away until Friday and will read your message when I am back.",
  it: "Sono in ferie fino a venerdì. Risponderò al mio ritorno.",
  de: "Ich bin bis Freitag nicht im Haus und antworte danach.",
  fr: "Je suis absent jusqu’à vendredi et vous répondrai à mon retour.",
} as const;
