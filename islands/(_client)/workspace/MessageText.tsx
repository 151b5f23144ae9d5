import { mentionSegments } from "./mention_segments.ts";
import { textSegments } from "./text_segments.ts";

/** Text as it was written: line breaks kept, addresses as links that open apart, who is called marked. */
export function MessageText({ text, mentions = [] }: {
  readonly text: string;
  readonly mentions?: readonly { readonly name: string }[] | undefined;
}) {
  return (
    <span class="prewrap">
      {textSegments(text).map((segment, index) =>
        segment.kind === "text"
          ? mentionSegments(segment.text, mentions).map(({ text, isMention }, at) =>
            isMention ? <span key={at} class="mention">{text}</span> : text
          )
          : (
            <a
              key={index}
              class="link"
              href={segment.href}
              target="_blank"
              rel="noopener noreferrer nofollow"
            >
              {segment.text}
            </a>
          )
      )}
    </span>
  );
}
