/** What is known of a form's field without its value. */
export interface FieldTraits {
  /** As the browser calls it: "text", "password", "select-one". */
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly label: string;
  /** The attribute, as it is written. */
  readonly autocomplete: string;
}

/** Whole words of a name, in the languages forms are written in most. */
const WORDS = new Set(
  ("auth captcha csc csrf cvc cvn cvv hcaptcha iban mfa nonce otp pass passcode passphrase passwd " +
    "pin pwd recaptcha secret ssn bsn token totp turnstile xsrf").split(" "),
);
/** Parts of a name whose words are written together. */
const PARTS =
  /passw|wachtwoord|contrase|motdepasse|parola|senha|cardn|cardcode|creditcard|debitcard|ccnum|ccexp|kreditkart|kartennummer|kaartnummer|securitycode|socialsec|burgerservice|apikey|onetimecode/;
/** What browsers fill in from their wallets and key rings. */
const AUTOCOMPLETE = /(?:^|\s)(?:cc-\S+|(?:current|new)-password|one-time-code|webauthn)(?:\s|$)/;

/** Whether a field asks for what is nobody's but its owner's: a password, a card, a number of the state. */
export function isPrivate({ type, name, id, label, autocomplete }: FieldTraits): boolean {
  return type === "password" || AUTOCOMPLETE.test(autocomplete.toLowerCase()) ||
    [name, id, label.slice(0, 60)].some(namesSecret);
}

/**
 * Whether a form is for signing in or paying: of such a one nothing is taken.
 * @param fields all of it
 */
export function isPrivateForm(fields: readonly FieldTraits[]): boolean {
  return fields.some(({ type, autocomplete }) =>
    type === "password" || AUTOCOMPLETE.test(autocomplete.toLowerCase())
  );
}

/** Whether a text is a number of a payment card, by its check digit, wherever it was typed. */
export function holdsCard(text: string): boolean {
  return (text.match(/\d(?:[ -]?\d){12,18}/g) ?? []).some((found) => {
    const digits = [...found.replace(/\D/g, "")].reverse().map(Number);
    const sum = digits.reduce((total, digit, at) => {
      const twice = digit * 2;
      return total + (at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice);
    }, 0);
    return sum % 10 === 0;
  });
}

function namesSecret(text: string): boolean {
  const words = text.normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/);
  return words.some((word) => WORDS.has(word)) || PARTS.test(words.join(""));
}
