import type { ComponentChildren } from "preact";
import { Avatar } from "../../../islands/(_components)/Avatar.tsx";
import { Badge } from "../../../islands/(_components)/Badge.tsx";
import { Banner } from "../../../islands/(_components)/Banner.tsx";
import { Bubble } from "../../../islands/(_components)/Bubble.tsx";
import { BubbleNotes } from "../../../islands/(_components)/BubbleNotes.tsx";
import { Bubbles } from "../../../islands/(_components)/Bubbles.tsx";
import { Button } from "../../../islands/(_components)/Button.tsx";
import { ButtonGroup } from "../../../islands/(_components)/ButtonGroup.tsx";
import { Chip } from "../../../islands/(_components)/Chip.tsx";
import { Choice } from "../../../islands/(_components)/Choice.tsx";
import { ConversationState } from "../../../islands/(_components)/ConversationState.tsx";
import { CopyField } from "../../../islands/(_components)/CopyField.tsx";
import { DeliveryState } from "../../../islands/(_components)/DeliveryState.tsx";
import { IconButton } from "../../../islands/(_components)/IconButton.tsx";
import { Kbd } from "../../../islands/(_components)/Kbd.tsx";
import { Menu } from "../../../islands/(_components)/Menu.tsx";
import { MenuItem } from "../../../islands/(_components)/MenuItem.tsx";
import { Progress } from "../../../islands/(_components)/Progress.tsx";
import { SecretField } from "../../../islands/(_components)/SecretField.tsx";
import { Segments } from "../../../islands/(_components)/Segments.tsx";
import { Select } from "../../../islands/(_components)/Select.tsx";
import { SkeletonRow } from "../../../islands/(_components)/SkeletonRow.tsx";
import { Sla } from "../../../islands/(_components)/Sla.tsx";
import { Spinner } from "../../../islands/(_components)/Spinner.tsx";
import { Step } from "../../../islands/(_components)/Step.tsx";
import { Tabs } from "../../../islands/(_components)/Tabs.tsx";
import { Tag } from "../../../islands/(_components)/Tag.tsx";
import { TextArea } from "../../../islands/(_components)/TextArea.tsx";
import { TextField } from "../../../islands/(_components)/TextField.tsx";
import { Toast } from "../../../islands/(_components)/Toast.tsx";
import { NOW, ROWS } from "./sample_rows.tsx";

/** Every small part in every state, as in the look's states page. */
export function PartsGallery() {
  return (
    <div class="app" data-scroll="">
      <main class="page" data-wide="">
        <h1>Parts</h1>
        <div class="gallery">
          <Part title="Buttons">
            <Buttons />
          </Part>
          <Part title="Fields">
            <Fields />
          </Part>
          <Part title="Choices">
            <Choices />
          </Part>
          <Part title="Tabs, segments, waiting">
            <Waiting />
          </Part>
          <Part title="Tags, chips, counts, avatars">
            <Small />
          </Part>
          <Part title="SLA, status, delivery, typing">
            <States />
          </Part>
          <Part title="Conversation rows">
            <div class="rows">{ROWS}</div>
            <SkeletonRow />
          </Part>
          <Part title="Menu">
            <MenuPart />
          </Part>
          <Part title="Toast, banners, steps">
            <Messages />
          </Part>
        </div>
      </main>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="gallery-part" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Buttons() {
  return (
    <>
      <div class="cluster">
        <Button kind="primary">Send</Button>
        <Button>Save view</Button>
        <Button kind="ghost">Cancel</Button>
        <Button kind="link">Show original</Button>
      </div>
      <div class="cluster">
        <Button kind="danger">Delete channel</Button>
        <Button kind="danger-quiet">Remove</Button>
        <Button kind="note">Add comment</Button>
      </div>
      <div class="cluster">
        <Button icon="check">Close</Button>
        <ButtonGroup>
          <Button kind="primary">Send</Button>
          <IconButton kind="primary" icon="down" iconSize={14} label="More ways to send" />
        </ButtonGroup>
        <IconButton icon="snooze" label="Snooze" shortcut="s" />
        <IconButton icon="filter" label="Filter" aria-pressed />
        <Button kind="primary" disabled>Send</Button>
      </div>
      <div class="cluster">
        <Button size="small">Small 24</Button>
        <Button>Normal 28</Button>
        <Button size="large">Large 32</Button>
      </div>
      <div class="cluster">
        <Button kind="primary" busy>Saving</Button>
        <Button disabled>Disabled</Button>
      </div>
    </>
  );
}

function Fields() {
  return (
    <>
      <TextField
        name="from"
        label="From name"
        value="Veloce Support"
        hint="Customers see this beside your address."
      />
      <TextField
        name="server"
        label="Server"
        value="imap.veloce"
        error="No server answers under this name."
      />
      <Select
        name="assign"
        label="Assign to"
        options={[{ value: "", label: "Nobody, wait in Unassigned" }]}
      />
      <SecretField name="token" label="Access token" isSet hint="Stored encrypted." />
      <SecretField name="token2" label="App secret" isSet={false} />
      <CopyField
        name="hook"
        label="Webhook address"
        value="https://help.veloce.example/hooks/chn_8w2k"
        action={<IconButton icon="copy" label="Copy" size="small" iconSize={16} />}
      />
      <TextArea name="greeting" label="Greeting" optional value="Hi! How can we help?" />
    </>
  );
}

function Choices() {
  return (
    <>
      <Choice kind="checkbox" name="c" checked>Add the old conversation below my reply</Choice>
      <Choice kind="checkbox" name="c" hint="The customer’s answer opens it again.">
        Close after sending
      </Choice>
      <Choice kind="radio" name="r" checked>In turn, to whoever is available</Choice>
      <Choice kind="radio" name="r">To the one with the fewest open</Choice>
      <Choice kind="switch" name="s" checked>Office hours</Choice>
      <Choice kind="switch" name="s" hint="Only in this browser.">Sound for new chats</Choice>
    </>
  );
}

function Waiting() {
  const parts = [
    { id: "a", label: "Conversations", count: 14, href: "#a" },
    { id: "b", label: "Contacts", count: 2, href: "#b" },
  ];
  return (
    <>
      <Tabs label="Tabs" tabs={parts} current="a" />
      <Segments label="Segments" segments={parts} current="b" />
      <Progress percent={41} label="Import" />
      <span class="meta">
        Reading old mail: <span class="num">1,240 of 3,020</span>
      </span>
      <div class="cluster">
        <Spinner />
        <span class="quiet">Checking the password</span>
      </div>
    </>
  );
}

function Small() {
  return (
    <>
      <div class="cluster">
        <Tag name="Warranty" />
        <Tag name="Workshop" hue={200} />
        <Tag name="no colour" hue={null} />
      </div>
      <div class="cluster">
        <Chip removeLabel="Remove filter">
          Channel <b>Email</b>
        </Chip>
        <Chip>
          <Avatar id="cnt_1" name="Giulia Ferrari" size={16} />Giulia Ferrari
        </Chip>
      </div>
      <div class="cluster">
        <Badge count={4} />
        <Badge count={3} kind="accent" label="3 new" />
        <Badge count={1} kind="danger" />
        <Kbd keys={["Ctrl", "K"]} />
        <Kbd keys={["j"]} />
      </div>
      <div class="cluster">
        {([40, 32, 28, 24, 20, 16] as const).map((size) => (
          <Avatar key={size} id="cnt_1" name="Giulia Ferrari" size={size} />
        ))}
      </div>
      <div class="cluster">
        <Avatar id="usr_1" name="Nora Visser" of="team" presence="on" />
        <Avatar id="usr_2" name="Luca Moretti" of="team" presence="away" />
        <Avatar id="usr_3" name="Amira Haddad" of="team" presence="off" />
        <Avatar id="cmp_1" name="Fietsclub Wielen" of="company" />
        <Avatar id="bot_1" name="Bot" of="bot" />
        <Avatar id="none" name="" of="nobody" />
        <Avatar id="cnt_9" name="" channelType="chat" size={32} />
      </div>
    </>
  );
}

function States() {
  return (
    <>
      <div class="cluster">
        <Sla text="3h 10m" />
        <Sla text="Reply in 42m" level="near" />
        <Sla text="18m late" level="late" />
        <Sla text="Met" level="met" />
      </div>
      <div class="cluster">
        {(["open", "snoozed", "closed", "spam", "trash"] as const).map((status) => (
          <ConversationState key={status} status={status} />
        ))}
      </div>
      <div class="cluster">
        {(["queued", "sent", "delivered", "read", "failed", "ambiguous", "scheduled"] as const)
          .map((status) => <DeliveryState key={status} status={status} />)}
      </div>
      <Bubbles author={{ id: "cnt_2", name: "Pieter" }} at={NOW} now={NOW} timeZone="UTC">
        <Bubble>Could you keep it for me until Friday?</Bubble>
        <BubbleNotes
          now={NOW}
          timeZone="UTC"
          reactions={[{ emoji: "❤️", names: ["Nora Visser"] }]}
          edited
          earlierTexts={[
            { text: "Could you keep it for me?", at: NOW - 120_000 },
            { text: "Could you keep it for me until Thursday?", at: NOW - 60_000 },
          ]}
        />
        <Bubble deleted />
        <Bubble typing>I could come by this aftern</Bubble>
      </Bubbles>
      <Bubbles out author={{ id: "b", name: "Page inbox" }} at={NOW} now={NOW} timeZone="UTC">
        <Bubble>It is yours. See you on Friday!</Bubble>
        <BubbleNotes
          now={NOW}
          timeZone="UTC"
          reactions={[
            { emoji: "👍", names: ["Pieter", "Giulia"] },
            { emoji: "🎉", names: [""] },
          ]}
          edited
        />
        <Bubble deleted />
      </Bubbles>
    </>
  );
}

function MenuPart() {
  return (
    <Menu label="Conversation">
      <MenuItem icon="reply" keys={["r"]} active>Reply</MenuItem>
      <MenuItem icon="forward" keys={["f"]}>Forward</MenuItem>
      <MenuItem icon="later" end="14:00">This afternoon</MenuItem>
      <hr />
      <MenuItem icon="spam" href="#spam">Mark as spam</MenuItem>
      <MenuItem icon="trash" danger>Delete</MenuItem>
    </Menu>
  );
}

function Messages() {
  return (
    <>
      <div>
        <Toast action={<Button kind="ghost">Undo</Button>}>Reply sent to Giulia</Toast>
      </div>
      <Banner kind="info" boxed action={<Button kind="ghost" size="small">Change</Button>}>
        You answer as Veloce Rentals here.
      </Banner>
      <Banner kind="warn" boxed>Outside opening hours until 09:00.</Banner>
      <Banner kind="danger" boxed action={<Button kind="ghost" size="small">Repair</Button>}>
        support@veloce.example is not connected.
      </Banner>
      <div class="box steps">
        <Step
          state="done"
          title="Sign in to read"
          text="3,020 messages in Inbox"
          end="0.6 s"
        />
        <Step state="failed" title="Sign in to send" text="535 5.7.8 not accepted">
          <div class="advice">Mailbaan wants an app password for sending.</div>
        </Step>
        <Step state="warn" title="Your domain signs its mail" text="DMARC missing" />
        <Step state="active" title="Send a message to yourself" />
        <Step state="wait" title="See it come back" />
      </div>
    </>
  );
}
