import { NotificationEvent, type Notifications } from "@/core/model/user.ts";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Choice } from "@/islands/(_components)/Choice.tsx";

const WORDS: Readonly<
  Record<NotificationEvent, { readonly title: string; readonly hint: string }>
> = {
  assigned: { title: "Assigned to me", hint: "In any inbox." },
  followed: { title: "Followed by me", hint: "You follow what you comment on, until you stop it." },
  unassigned: {
    title: "Not assigned yet",
    hint: "In your inboxes.",
  },
  others: {
    title: "Assigned to colleagues",
    hint:
      "In your inboxes. With all of these, you are told of every message that customers write there.",
  },
  mention: {
    title: "A comment mentions me",
    hint: "Or a team of mine.",
  },
};

/** What customers write, by whose it is. */
const OF_CUSTOMERS = NotificationEvent.options.filter((event) => event !== "mention");

/** Of which customers' messages, and colleagues' comments, somebody is told by mail. */
export function NotificationsForm({ chosen, canBeMailed }: {
  readonly chosen: Notifications;
  /** False: nothing could send such a mail. */
  readonly canBeMailed: boolean;
}) {
  return (
    <form
      class="form"
      method="post"
      action="/settings/profile?action=notifications"
      aria-label="Notifications by mail"
    >
      {!canBeMailed && (
        <Banner kind="info" boxed>
          Nothing sends mail here yet: your inboxes have no mailbox, and Parley has no mail server
          of its own.
        </Banner>
      )}
      <fieldset class="field">
        <legend class="label">Tell me of messages in conversations that are</legend>
        {OF_CUSTOMERS.map((event) => (
          <Choice
            key={event}
            kind="checkbox"
            name="mail"
            value={event}
            checked={chosen.mail.includes(event)}
            hint={WORDS[event].hint}
          >
            {WORDS[event].title}
          </Choice>
        ))}
      </fieldset>
      <fieldset class="field">
        <legend class="label">And when</legend>
        <Choice
          kind="checkbox"
          name="mail"
          value="mention"
          checked={chosen.mail.includes("mention")}
          hint={WORDS.mention.hint}
        >
          {WORDS.mention.title}
        </Choice>
      </fieldset>
      <div class="cluster">
        <Button size="large" type="submit">Change the notifications</Button>
      </div>
    </form>
  );
}
