import type { AppType } from "@/core/mod.ts";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { Tag } from "@/islands/(_components)/Tag.tsx";
import CopyButton from "@/islands/CopyButton.tsx";

/** What a provider's review asks about each permission, with an answer to copy. */
export function AppReview({ review, title }: Pick<AppType, "review" | "title">) {
  return (
    <PageSection
      title={`For ${title}'s review`}
      lead="Texts for each permission, true for what Parley does. Change what is different for you."
    >
      <div class="box">
        {review.map(({ permission, isNeeded, use, text }) => (
          <details key={permission} class="review">
            <summary class="box-row">
              <span class="grow">
                <b>{permission}</b>
                <small>{use}</small>
              </span>
              <Tag name={isNeeded ? "needed" : "optional"} hue={null} size="small" />
            </summary>
            <div class="review-text">
              <p>{text}</p>
              <CopyButton text={text} label="Copy the text" />
            </div>
          </details>
        ))}
      </div>
    </PageSection>
  );
}
