import { Icon } from "@/islands/(_components)/Icon.tsx";
import type { DoneView } from "./form_view.ts";
import type { FormWords } from "./form_words.ts";

/** The thank-you, with the number to name when one asks again. */
export function DoneCard({ view: { page, number }, words, isEmbedded }: {
  readonly view: DoneView;
  readonly words: FormWords;
  readonly isEmbedded: boolean;
}) {
  const { look, channelId, redirectUrl } = page;
  const [before = "", after = ""] = words.number.split("{number}");
  const again = `/forms/${encodeURIComponent(channelId)}${isEmbedded ? "?embed=1" : ""}`;
  return (
    <div class="hf-done" role="status">
      <span class="hf-tick">
        <Icon name="check" size={28} />
      </span>
      <h1>{words.thanks}</h1>
      {number !== null && (
        <p class="hf-number">
          {before}
          <b>#{number}</b>
          {after}
        </p>
      )}
      <p class="hf-intro">{look.thanks || words.answerByMail}</p>
      <div class="hf-done-a">
        {redirectUrl !== null && (
          <a class="hf-send" href={redirectUrl} target={isEmbedded ? "_top" : undefined}>
            {words.go}
          </a>
        )}
        <a class="hf-send ghost" href={again}>{words.another}</a>
      </div>
    </div>
  );
}
