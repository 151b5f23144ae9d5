/** Where SES's own name in a Message-ID stands for its first region. */
const FIRST_REGION = "us-east-1";
const OUTLOOK = /^250 2\.0\.0 OK <([^<>\s]+\.prod\.outlook\.com)>/i;
const AMAZON = /^250 Ok ([0-9a-f]+(?:-[0-9a-f]+)+)\s*$/i;
const AMAZON_HOST = /^email-smtp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com$/;

/**
 * The Message-ID a server says it gave a mail in place of ours, without brackets; null when it says nothing of one.
 * Answers of customers refer to that.
 * @param reply its answer to the whole mail
 * @param host its name, which tells Amazon's region
 */
export function serverMessageId(reply: string, host: string): string | null {
  const [, outlook] = OUTLOOK.exec(reply) ?? [];
  if (outlook !== undefined) return outlook;
  const [, id] = AMAZON.exec(reply) ?? [];
  const [, region] = AMAZON_HOST.exec(host) ?? [];
  return id === undefined || region === undefined
    ? null
    : amazonMessageId(id.toLowerCase(), region);
}

/** The Message-ID that Amazon SES writes over ours. @param id as its API and its SMTP servers name the mail */
export function amazonMessageId(id: string, region = FIRST_REGION): string {
  return `${id}@${region === FIRST_REGION ? "email" : region}.amazonses.com`;
}
