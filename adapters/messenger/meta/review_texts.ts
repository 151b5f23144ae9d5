import type { ReviewText } from "../../../core/channel/mod.ts";

/** What Meta's app review asks about each permission, answered for what Parley does; in the order to ask for them. */
export const REVIEW_TEXTS: readonly ReviewText[] = [
  {
    permission: "pages_messaging",
    isNeeded: true,
    use: "Reads what customers write to the Page, and sends the team's answers.",
    text:
      "We run a shared inbox for our customer service. People write to our Facebook Page on Messenger; our staff read these " +
      "messages in the inbox and answer them by hand. We use pages_messaging to receive the messages and to send the " +
      "answers within Messenger's reply window. We send no promotions. How to test: open our Page, choose “Message” and " +
      "write anything; the message appears in the inbox, a member of our staff answers, and the answer arrives in Messenger.",
  },
  {
    permission: "pages_manage_metadata",
    isNeeded: true,
    use: "Subscribes Parley to the Page's messages, and renews that when Meta ends it.",
    text:
      "We use pages_manage_metadata only to subscribe our webhook to the messages of our own Page when the Page is connected " +
      "to our inbox, to check that this subscription still exists, and to end it when the Page is disconnected. We change " +
      "nothing else about the Page. How to test: in the inbox's settings connect the Page; the page then shows the " +
      "subscription as active.",
  },
  {
    permission: "pages_show_list",
    isNeeded: false,
    use: "Lists your Pages, so that one is chosen instead of typing its ID.",
    text:
      "We use pages_show_list to show an administrator of our inbox the list of Pages they manage, so that they can choose " +
      "the one to connect. The list is shown once and not stored. How to test: in the inbox's settings choose “Connect a " +
      "Page”; the list of Pages is shown.",
  },
  {
    permission: "pages_read_engagement",
    isNeeded: false,
    use: "Reads a customer's name where the conversation tells it.",
    text:
      "We use pages_read_engagement to show our staff the name of the person who wrote to our Page, beside their messages in " +
      "the inbox. How to test: write to our Page on Messenger; the conversation in the inbox carries the sender's name.",
  },
  {
    permission: "Business Asset User Profile Access",
    isNeeded: false,
    use: "Shows customers' names and pictures.",
    text:
      "We use Business Asset User Profile Access to show our staff the name and picture of the person who wrote to our Page, " +
      "so that they address customers properly and tell them apart. How to test: write to our Page on Messenger; the " +
      "conversation in the inbox shows the sender's name and picture.",
  },
  {
    permission: "Human Agent",
    isNeeded: false,
    use: "People of the team may answer for 7 days instead of 24 hours.",
    text:
      "Some questions of our customers cannot be answered within 24 hours, for instance when they come on a weekend or need " +
      "a supplier's answer. We use the Human Agent feature so that a member of our staff can answer by hand within 7 days. " +
      "Automatic messages never use it. How to test: write to our Page; more than 24 hours later a member of our staff answers.",
  },
];
