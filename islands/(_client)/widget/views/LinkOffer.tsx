import { useEffect, useRef } from "preact/hooks";
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import type { Link } from "../state.ts";
import { useWidget } from "./context.ts";

/** A link out of a mail was opened. Asked first: following it takes the place of the chat this browser has. */
export function LinkOffer({ config, link }: {
  readonly config: VisitorConfigJson;
  readonly link: Link;
}) {
  const { chat, language: { texts } } = useWidget();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), [link.state]);
  const isDead = link.state === "dead";
  return (
    <>
      <header class="pw-head">
        <div class="pw-ttl pw-ttl-first">
          <b>{config.title}</b>
        </div>
      </header>
      <div class="pw-form">
        {!isDead && <h2>{texts.linkTitle}</h2>}
        <p class="pw-intro" role={isDead ? "alert" : undefined}>
          {isDead ? texts.linkDead : texts.linkText}
        </p>
        {link.state === "unreachable" && <p class="pw-err" role="alert">{texts.notSent}</p>}
        <button
          ref={button}
          type="button"
          class="pw-btn"
          aria-disabled={link.state === "opening"}
          onClick={() => isDead ? chat.link.drop() : void chat.link.follow()}
        >
          {isDead
            ? texts.newConversation
            : link.state === "unreachable"
            ? texts.retry
            : texts.linkOpen}
        </button>
      </div>
    </>
  );
}
