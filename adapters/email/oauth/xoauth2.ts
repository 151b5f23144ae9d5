import type SMTPConnection from "nodemailer/lib/smtp-connection";

/** The initial response of SASL XOAUTH2, in base64. @throws RangeError for control characters, which would end a field */
export function xoauth2(user: string, token: string): string {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(user + token)) {
    throw new RangeError("Cannot sign in: user or token holds control characters");
  }
  const fields = `user=${user}\x01auth=Bearer ${token}\x01\x01`;
  return new TextEncoder().encode(fields).toBase64();
}

/**
 * The exchange of AUTH XOAUTH2, for nodemailer: a server that does not take the token may say why in a 334, which
 * wants an empty line before the refusal itself.
 * @throws Error when it is refused; nodemailer adds the server's answer
 */
export async function sendXoauth2(
  context: Pick<SMTPConnection.CustomAuthenticationContext, "auth" | "sendCommand">,
): Promise<void> {
  const { user, pass } = context.auth.credentials;
  let reply = await context.sendCommand(`AUTH XOAUTH2 ${xoauth2(user, pass)}`);
  if (reply.status === 334) reply = await context.sendCommand("");
  if (reply.status < 200 || reply.status > 299) throw new Error("Invalid login");
}
