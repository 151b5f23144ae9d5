import { ConversationRow } from "../../../islands/(_components)/ConversationRow.tsx";
import { IconButton } from "../../../islands/(_components)/IconButton.tsx";

/** Thursday 20 November 2025, 10:31 UTC. */
export const NOW = Date.parse("2025-11-20T10:31:00Z");
const MINUTE = 60_000;
const context = { now: NOW, timeZone: "UTC" } as const;
export const NORA = { id: "usr_nora", name: "Nora Visser" } as const;
const JONAS = { id: "usr_jonas", name: "Jonas Bakker" } as const;

/** A list of conversations in every state of a row. */
export const ROWS = (
  <>
    <ConversationRow
      {...context}
      href="#1"
      contact={{ id: "cnt_pd", name: "Pieter van Dam" }}
      channelType="chat"
      subject="Is the Corsa 3 in 56 still in stock?"
      preview="I could come by this afternoon if you have one"
      at={NOW - MINUTE}
      count={3}
      unread
    />
    <ConversationRow
      {...context}
      href="#2"
      contact={{ id: "cnt_gf", name: "Giulia Ferrari" }}
      channelType="email"
      subject="Cambio che scatta sotto sforzo"
      preview="Scusate, avevo la casella piena e temo di aver perso la vostra risposta"
      at={NOW - 7 * MINUTE}
      count={9}
      unread
      current
      sla={{ text: "42m", level: "near" }}
      tags={["Warranty"]}
      assignee={NORA}
    />
    <ConversationRow
      {...context}
      href="#3"
      contact={{ id: "cnt_to", name: "Tom O’Brien" }}
      channelType="messenger"
      subject="Two e-bikes for Saturday?"
      preview="Do you still have two e-bikes for Saturday?"
      at={NOW - 12 * MINUTE}
      count={4}
      unread
      typing={{ id: "usr_luca", name: "Luca" }}
      tags={["Rental"]}
      actions={
        <>
          <IconButton icon="snooze" label="Snooze" size="small" iconSize={16} />
          <IconButton icon="check" label="Close" size="small" iconSize={16} />
        </>
      }
    />
    <ConversationRow
      {...context}
      href="#4"
      contact={{ id: "cnt_km", name: "Koen Mulder" }}
      channelType="email"
      subject="Uw fiets staat klaar"
      preview="Not delivered: this address does not exist"
      at={NOW - 79 * MINUTE}
      unread={false}
      state="failed"
      assignee={JONAS}
    />
    <ConversationRow
      {...context}
      href="#5"
      contact={{ id: "cnt_hl", name: "Hannah Lewis" }}
      channelType="email"
      subject="Invoice for the cargo bike"
      preview="Hi Hannah, here is the corrected invoice with"
      at={NOW - 60 * MINUTE}
      unread={false}
      state="draft"
      picked
      assignee={NORA}
    />
    <ConversationRow
      {...context}
      href="#6"
      contact={{ id: "cnt_fw", name: "Fietsclub De Wielen" }}
      channelType="form"
      subject="Groepsbestelling: 12 clubshirts"
      preview="We wachten nog op de laatste twee maten"
      at={NOW - 24 * 60 * MINUTE}
      unread={false}
      snoozedUntil={NOW + 4 * 24 * 60 * MINUTE}
      tags={["Club"]}
    />
    <ConversationRow
      {...context}
      href="#7"
      contact={{ id: "cnt_rg", name: "Rosa Greco" }}
      channelType="whatsapp"
      subject=""
      preview="Perfetto, allora a sabato mattina!"
      at={NOW - 30 * 60 * MINUTE}
      unread={false}
      state="answered"
    />
  </>
);
