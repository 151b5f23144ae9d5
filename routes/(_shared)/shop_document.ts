import { bundleUrl } from "./respond_with_bundle.ts";

/** What the page says of the customers who practise. */
export interface ShopPractice {
  readonly customer: string;
  /** A question was just asked. */
  readonly hasAsked: boolean;
}

/**
 * The page of a bicycle shop with the widget of a chat channel.
 * @param options `nonce` of its style sheet; `formChannelId`: where its form is posted, null for none; `practice`: null
 * where nobody practises
 */
export function shopDocument(
  { channelId, formChannelId, nonce, practice }: {
    readonly channelId: string;
    readonly formChannelId: string | null;
    readonly nonce: string;
    readonly practice: ShopPractice | null;
  },
): string {
  const script = bundleUrl("/widget.js", "widget.js");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<title>Veloce, bicycles in Utrecht</title>
<style nonce="${nonce}">${CSS}</style>
<script async src="${script}" data-channel="${encodeURIComponent(channelId)}"></script>
</head>
<body>
<header><b>Veloce</b><nav><a href="#bikes">Bikes</a> <a href="#workshop">Workshop</a> <a href="#rentals">Rentals</a></nav></header>
<main>
<section class="hero"><h1>Made for the ride home</h1><p>City bikes, racers and cargo bikes, built and looked after in Utrecht since 1974.</p><p><a class="button" href="#bikes">See the bikes</a></p></section>
<section id="bikes"><h2>This week in the shop</h2><ul class="cards">${
    BIKES.map(card).join("")
  }</ul></section>
<section id="workshop"><h2>Workshop</h2><p>Bring it before ten, ride it home at five. Every brand, every age, and an honest word when it is not worth it.</p>${
    formChannelId === null ? "" : workshopForm(formChannelId)
  }</section>
<section id="rentals"><h2>Rentals</h2><p>E-bikes, tandems and cargo bikes by the day, with locks and a repair kit.</p></section>
${practice === null ? "" : practiceSection(practice)}
</main>
<footer>Oudegracht 118, Utrecht. Open Tuesday to Saturday. Questions? The chat is at the corner of this page.</footer>
</body>
</html>
`;
}

/** As any site would write it: no script, fields of its own names. */
function workshopForm(channelId: string): string {
  return `<form class="book" method="post" enctype="multipart/form-data" action="/forms/${
    encodeURIComponent(channelId)
  }"><h3>Book a repair</h3><div><label>Your name<input name="name" autocomplete="name" required></label><label>Email<input type="email" name="email" autocomplete="email" required></label></div><label>What needs care?<select name="what"><option value="">Please choose</option><option>Frame or fork</option><option>Drivetrain</option><option>Brakes</option><option>Something else</option></select></label><label>What happened?<textarea name="message" rows="3" required></textarea></label><label>Photos<input type="file" name="photos" accept="image/*" multiple></label><p hidden>Leave this empty: <input name="_gotcha" autocomplete="off"></p><button class="button">Request a date</button></form>`;
}

function practiceSection({ customer, hasAsked }: ShopPractice): string {
  const next = hasAsked
    ? `<p role="status"><b>${customer} has written.</b> <a href="/inbox/all/open">Answer in the inbox</a>, and an answer comes back within seconds.</p>`
    : "";
  return `<section id="practice" class="practice"><h2>Practise on a customer</h2><p>${customer} does not exist, but writes to the inbox, reads what you answer and answers back.</p>${next}<form method="post" action="/demo"><label for="practice-text">${customer} asks</label><textarea id="practice-text" name="text" rows="2" maxlength="500" required>Hello! Is the Corsa 3 in stock in size M?</textarea><button class="button">Ask</button></form></section>`;
}

const BIKES = [
  { name: "Corsa 3", text: "Steel racer, 9.1 kg, in five sizes", price: "€ 1,899", hue: "a" },
  { name: "Urban+", text: "E-bike with a low frame, 90 km", price: "€ 2,749", hue: "b" },
  { name: "Cargo L", text: "Three children or one sofa", price: "€ 4,290", hue: "c" },
] as const;

function card({ name, text, price, hue }: typeof BIKES[number]): string {
  return `<li class="card ${hue}"><svg viewBox="0 0 120 64" role="img" aria-label="${name}"><g fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><circle cx="28" cy="44" r="16"/><circle cx="92" cy="44" r="16"/><path d="M28 44 46 20h32l14 24M46 20l14 24H28M60 44 78 20M42 14h10M78 20l-3-9h9"/></g></svg><h3>${name}</h3><p>${text}</p><b>${price}</b></li>`;
}

const CSS = `
:root{color-scheme:light;font:16px/1.5 system-ui,sans-serif;color:#17211c;background:#faf8f3}
body{margin:0}
header,main,footer{max-width:1040px;margin:auto;padding:20px 24px}
header{display:flex;justify-content:space-between;align-items:baseline;gap:24px}
header b{font-size:22px;letter-spacing:-.02em;color:#0b6e4f}
a{color:inherit}
nav{display:flex;gap:20px}
.hero{padding:56px 40px;border-radius:20px;background:#0b6e4f;color:#fff}
h1{margin:0 0 8px;font-size:clamp(32px,6vw,56px);line-height:1.05;letter-spacing:-.03em}
h2{margin:48px 0 12px}
.button{display:inline-block;padding:12px 20px;border-radius:10px;background:#ffd400;color:#17211c;font-weight:600;text-decoration:none}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:20px;margin:0;padding:0;list-style:none}
.card{padding:24px;border-radius:16px;background:#fff;box-shadow:0 1px 3px rgb(23 33 28/.12)}
.card svg{width:100%;max-width:220px}
.a svg{color:#c4472b}.b svg{color:#2b5fc4}.c svg{color:#0b6e4f}
h3,.card p{margin:8px 0}
.practice{margin-top:48px;padding:8px 32px 32px;border:2px dashed #0b6e4f;border-radius:16px}
.practice h2{margin-top:24px}
.practice form{display:grid;gap:8px;justify-items:start;max-width:560px}
.practice label{font-weight:600}
.book{display:grid;gap:14px;max-width:600px;margin-top:24px;padding:24px 32px 28px;border-radius:16px;background:#fff;box-shadow:0 1px 3px rgb(23 33 28/.12)}
.book div{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:14px}
.book label{display:grid;gap:4px;font-weight:600}
.book :is(input,select,textarea){font-weight:400}
.book .button{justify-self:start}
input:not([type=file]),select,textarea{box-sizing:border-box;width:100%;padding:10px 12px;border:1px solid #77827b;border-radius:10px;font:inherit;color:inherit;background:#fff;resize:vertical}
button.button{margin-top:4px;border:0;font:inherit;font-weight:600;cursor:pointer}
footer{padding-block:48px 96px;color:#5b665f}
`;
