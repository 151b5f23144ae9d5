import { textSegments } from "./text_segments.ts";

/** Text as it was written: line breaks kept, addresses as links that open apart. */
export function MessageText({ text }: { readonly text: string }) {
  return (
    <span class="prewrap">
      {textSegments(text).map((segment, index) =>
        segment.kind === "text" ? segment.text : (
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
