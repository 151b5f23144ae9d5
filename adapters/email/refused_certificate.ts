/** What to do about a server's certificate that is not taken; null when the words are about something else. */
export function refusedCertificate(words: string): string | null {
  if (
    /UnknownIssuer|self.?signed|local issuer|verify the first|unknown (?:ca|issuer)/i.test(words)
  ) {
    return "No authority that this machine trusts has signed the mail server's certificate. Check the server's name, or " +
      "enter the authority's own certificate.";
  }
  return /certificate|NotValidForName|altnames/i.test(words)
    ? "The mail server's certificate is not valid for its name. Check the server's name."
    : null;
}
