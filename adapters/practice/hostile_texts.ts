/** Texts that show what a screen, a parser or a counter does not hold. */
export const HOSTILE_TEXTS: readonly [string, ...string[]] = [
  `<script>alert("hello")</script><img src=x onerror=alert(1)>`,
  `</textarea></script><svg onload=alert(document.domain)>`,
  `{{constructor.constructor("alert(1)")()}} \${7*7} %s %n ../../etc/passwd`,
  `[click me](javascript:alert(1)) <a href="https://veloce.example">veloce</a>`,
  "'; DROP TABLE conversations; --",
  "\u202eThis is written from right to left\u202c, this is not",
  "שלום, I’d like two كراسي and one 🚲, 100% \u2066mixed\u2069",
  "Z\u0334\u0322\u030da\u0338\u0321\u0310l\u0337\u0322g\u0336\u0327o\u0335\u031b".repeat(30),
  "👩‍👩‍👧‍👦🏳️‍🌈👨🏽‍🚒🇳🇱".repeat(60),
  "\u200b\u200b\u2060\ufeff",
  "a".repeat(4_000),
  "very ".repeat(600) + "long",
  "line\n".repeat(300),
  "https://veloce.example/" + "q".repeat(1_500),
  "=1+1\t@SUM(A1)\t-2",
];
