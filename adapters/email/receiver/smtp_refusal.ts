/** An answer of the receiver that is not yes: an SMTP code, and a text that begins with the enhanced one (RFC 3463). */
export class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.name = "SmtpRefusal";
    this.responseCode = responseCode;
  }
}
