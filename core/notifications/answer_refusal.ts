/** Why somebody's answer by mail was not sent to the customer. */
export type AnswerRefusal =
  /** By its own word nobody wrote it: an absence, or what a mail program sends by itself. */
  | "automatic"
  /** It came from another address than theirs. */
  | "other_sender"
  /** Nobody whose word counts says that it is theirs. */
  | "not_proven"
  | "inactive"
  | "expired"
  | "no_right"
  /** Somebody wrote whom they had not read. */
  | "news"
  /** No words of their own were found in it. */
  | "empty"
  /** The channel does not take it. */
  | "refused";

/** The reason in words that go on after "was not sent to the customer:". */
export function refusalWords(refusal: AnswerRefusal): string {
  switch (refusal) {
    case "automatic":
      return "it says that a machine wrote it";
    case "other_sender":
      return "it came from another address";
    case "not_proven":
      return "no mail server that is trusted here vouches for its sender";
    case "inactive":
      return "the account is deactivated";
    case "expired":
      return "it came more than 30 days after the notification";
    case "no_right":
      return "they may not answer in this inbox any more";
    case "news":
      return "somebody wrote meanwhile";
    case "empty":
      return "no words were found above the quoted mail";
    case "refused":
      return "the channel does not take it as it is";
  }
}

/** The same for whoever wrote it, and what to do. */
export function refusalAdvice(refusal: AnswerRefusal): string {
  switch (refusal) {
    case "automatic":
      return "It says that a machine wrote it. Answer in Parley.";
    case "other_sender":
      return "It came from another address than yours. Answer from the address you sign in with.";
    case "not_proven":
      return "No mail server that is trusted here vouches that you wrote it (DMARC). If it was you, answer in " +
        "Parley; if it was not, somebody knows the address of your notification.";
    case "inactive":
      return "Your account is deactivated.";
    case "expired":
      return "Notifications can be answered for 30 days. Answer in Parley.";
    case "no_right":
      return "You may not answer in this inbox any more.";
    case "news":
      return "Somebody wrote meanwhile: read it below. To send your answer all the same, reply to this mail.";
    case "empty":
      return "No words of yours were found above the quoted mail. Reply to the notification once more, with your " +
        "words on top, or answer in Parley.";
    case "refused":
      return "The channel does not take it as it is: it may be too long, or have too many or too large files. " +
        "Answer in Parley.";
  }
}
