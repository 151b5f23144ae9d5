import { AppRail } from "../../../islands/(_components)/AppRail.tsx";
import { Bubble } from "../../../islands/(_components)/Bubble.tsx";
import { Bubbles } from "../../../islands/(_components)/Bubbles.tsx";
import { Button } from "../../../islands/(_components)/Button.tsx";
import { Card } from "../../../islands/(_components)/Card.tsx";
import { Chip } from "../../../islands/(_components)/Chip.tsx";
import { CommentMessage } from "../../../islands/(_components)/CommentMessage.tsx";
import { ComposerRecipients } from "../../../islands/(_components)/ComposerRecipients.tsx";
import { ComposerShell } from "../../../islands/(_components)/ComposerShell.tsx";
import { ConversationState } from "../../../islands/(_components)/ConversationState.tsx";
import { DaySeparator } from "../../../islands/(_components)/DaySeparator.tsx";
import { DeliveryState } from "../../../islands/(_components)/DeliveryState.tsx";
import { Facts } from "../../../islands/(_components)/Facts.tsx";
import { Failure } from "../../../islands/(_components)/Failure.tsx";
import { FileCard } from "../../../islands/(_components)/FileCard.tsx";
import { Guard } from "../../../islands/(_components)/Guard.tsx";
import { IconButton } from "../../../islands/(_components)/IconButton.tsx";
import { MailMessage } from "../../../islands/(_components)/MailMessage.tsx";
import { MailNotice } from "../../../islands/(_components)/MailNotice.tsx";
import { NewLine } from "../../../islands/(_components)/NewLine.tsx";
import { Person } from "../../../islands/(_components)/Person.tsx";
import { RailMe } from "../../../islands/(_components)/RailMe.tsx";
import { Segments } from "../../../islands/(_components)/Segments.tsx";
import { SideItem } from "../../../islands/(_components)/SideItem.tsx";
import { Tag } from "../../../islands/(_components)/Tag.tsx";
import { ThreadEvent } from "../../../islands/(_components)/ThreadEvent.tsx";
import { NORA, NOW, ROWS } from "./sample_rows.tsx";

const time = { now: NOW, timeZone: "UTC" } as const;
const HOUR = 3_600_000;
const giulia = { id: "cnt_gf", name: "Giulia Ferrari" } as const;
const jonas = { id: "usr_jonas", name: "Jonas", of: "team" } as const;
const segments = [
  { id: "all", label: "Everyone", href: "#all" },
  { id: "mine", label: "Mine", count: 8, href: "#mine" },
  { id: "unread", label: "Unread", count: 4, href: "#unread" },
];

/** The workspace put together from its parts, to be looked at beside the drawing. */
export function WorkspaceGallery() {
  return (
    <div class="app">
      <div class="panes" data-pane="thread" data-views="closed">
        <AppRail
          current="inbox"
          me={
            <RailMe
              user={{
                ...NORA,
                email: "nora@veloce.example",
                availability: "available",
                pictureUrl: null,
              }}
            />
          }
        />
        <section class="pane list" aria-label="Conversations">
          <header class="bar">
            <h1>All open</h1>
            <span class="meta num">37</span>
          </header>
          <div class="subbar">
            <Segments label="Which conversations" segments={segments} current="all" />
          </div>
          <div class="pane-scroll rows">{ROWS}</div>
        </section>
        <main class="pane thread">
          <header class="bar">
            <h2 class="truncate">Cambio che scatta sotto sforzo</h2>
            <span class="spacer" />
            <IconButton icon="snooze" label="Snooze" shortcut="s" />
            <Button icon="check">Close</Button>
          </header>
          <div class="subbar">
            <ConversationState status="open" />
            <Tag name="Warranty" />
          </div>
          <Thread />
          <Composer />
        </main>
        <Side />
      </div>
    </div>
  );
}

function Thread() {
  return (
    <div class="thread-scroll" tabindex={0} role="region" aria-label="Messages">
      <div class="messages" role="log" aria-label="Messages">
        <DaySeparator {...time} at={NOW - 20 * HOUR} />
        <ThreadEvent {...time} icon="chat" at={NOW - 20 * HOUR}>
          Chat started on <b>veloce.example/corsa-3</b>
        </ThreadEvent>
        <Bubbles {...time} author={giulia} at={NOW - 19 * HOUR}>
          <Bubble>Hi! My Corsa 3 jumps gears going uphill.</Bubble>
          <Bubble>Bought it in April, maybe 900 km.</Bubble>
        </Bubbles>
        <Bubbles
          {...time}
          out
          author={jonas}
          at={NOW - 18 * HOUR}
          meta={<DeliveryState status="read" />}
        >
          <Bubble>Hi Giulia, which gears is it: the big cogs or the small ones?</Bubble>
        </Bubbles>
        <DaySeparator {...time} at={NOW} />
        <CommentMessage {...time} author={jonas} at={NOW - 2 * HOUR}>
          <p>
            <span class="mention">@Nora</span> the hanger is bent, look at the second photo.
          </p>
        </CommentMessage>
        <MailMessage
          {...time}
          out
          failed
          author={{ ...NORA, of: "team" }}
          authorLabel="You"
          from="Nora from Veloce"
          to="To giulia.ferrari@posta.example"
          at={NOW - HOUR}
          actions={<IconButton icon="more" label="More" size="small" />}
          foot={
            <Failure
              title="Not delivered: her mailbox is full"
              detail="posta.example answered 552 5.2.2. Tried 3 times until 10:02."
              actions={<Button size="small" icon="refresh">Retry</Button>}
            />
          }
        >
          <p>Ciao Giulia, grazie per le foto! Il forcellino è piegato.</p>
        </MailMessage>
        <NewLine />
        <MailMessage
          {...time}
          author={giulia}
          from="giulia.ferrari@posta.example"
          to="To support@veloce.example"
          at={NOW - HOUR / 2}
          actions={<IconButton icon="info" label="Why is this here?" size="small" />}
          notice={
            <MailNotice
              icon="image-off"
              actions={<Button kind="ghost" size="small">Show</Button>}
            >
              1 remote image blocked
            </MailNotice>
          }
          files={<FileCard name="IMG_2214.jpg" size={2_100_000} type="image/jpeg" href="#f" />}
        >
          <p>Scusate, avevo la casella piena e temo di aver perso la vostra risposta.</p>
        </MailMessage>
      </div>
    </div>
  );
}

function Composer() {
  return (
    <ComposerShell
      kind="reply"
      hrefs={{ reply: "?reply", comment: "?comment" }}
      from="from Support"
      guard={
        <Guard
          title="Giulia wrote while you did"
          news={[{ id: "1", name: "Giulia", text: "Sabato mattina potrei passare in negozio." }]}
          actions={<Button size="small">Send anyway</Button>}
        />
      }
      recipients={
        <ComposerRecipients label="To">
          <Chip>Giulia Ferrari</Chip>
        </ComposerRecipients>
      }
      limit={{ text: "The reply window closes in 2 h", near: true }}
      tools={
        <>
          <IconButton icon="bold" label="Bold" />
          <IconButton icon="paperclip" label="Attach a file" />
        </>
      }
      end={<Button kind="primary" type="submit">Send</Button>}
    >
      <textarea class="composer-text" name="text" aria-label="Reply">Ciao Giulia,</textarea>
    </ComposerShell>
  );
}

function Side() {
  return (
    <aside class="pane side" aria-label="About this conversation">
      <header class="bar ruled">
        <h2>Details</h2>
      </header>
      <div class="pane-scroll">
        <Person {...giulia} lead="Customer since April, Utrecht" />
        <section class="card">
          <Facts
            facts={[
              { label: "Email", value: "giulia.ferrari@posta.example" },
              { label: "Phone", value: "+31 6 555 01 42" },
            ]}
          />
        </section>
        <Card title="Past conversations" count={1}>
          <SideItem
            href="#p"
            icon="mail"
            role="mail"
            title="Ordine VL-18872 confermato"
            end="12 Apr"
          />
        </Card>
      </div>
    </aside>
  );
}
