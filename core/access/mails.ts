import type { SystemMail } from "../ports.ts";

/** The mail that brings an invitation. */
export function invitationMail(to: string, words: {
  readonly workspaceName: string;
  readonly inviterName: string;
  readonly url: string;
}): SystemMail {
  const { workspaceName, inviterName, url } = words;
  return {
    to,
    subject: `${oneLine(inviterName)} invited you to ${oneLine(workspaceName)}`,
    text: [
      `${oneLine(inviterName)} invited you to answer customers in ${
        oneLine(workspaceName)
      } with Parley.`,
      `Choose your name and password here within 7 days:\n${url}`,
      "If you did not expect this, ignore this mail.",
    ].join("\n\n"),
  };
}

/** The mail that brings a link to choose a new password. */
export function resetMail(to: string, words: { readonly url: string }): SystemMail {
  return {
    to,
    subject: "Choose a new password for Parley",
    text: [
      "Somebody asked for a new password for this address.",
      `Choose one here within an hour:\n${words.url}`,
      "If it was not you, ignore this mail: your password stays as it is.",
    ].join("\n\n"),
  };
}

/** Names are typed by people; a line break in one must not start a new header or paragraph. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
