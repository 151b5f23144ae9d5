import { NotificationEvent, type Notifications } from "@/core/model/user.ts";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Choice } from "@/islands/(_components)/Choice.tsx";

const WORDS: Readonly<
  Record<NotificationEvent, { readonly title: string; readonly hint: string }>
> = {
  assigned: { title: "Assigned to me", hint: "In any inbox." },
  unassigned: {
    title: "Not assigned yet",
    hint: "In your inboxes.",
  },
  others: {
    title: "Assigned to colleagues",
    hint:
      "In your inboxes. With all three, you are told of every message that customers write there.",
  },
};

/** Of which customers' messages somebody is told by mail. */
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
        {NotificationEvent.options.map((event) => (
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
      <div class="cluster">
        <Button size="large" type="submit">Change the notifications</Button>
      </div>
    </form>
  );
}
