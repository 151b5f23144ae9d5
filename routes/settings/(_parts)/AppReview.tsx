import type { AppType } from "@/core/mod.ts";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { Tag } from "@/islands/(_components)/Tag.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
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
          <details key={permission} class="box-row review">
            <summary>
              <b>{permission}</b>
              <Tag name={isNeeded ? "needed" : "optional"} hue={null} size="small" />
              <small>{use}</small>
            </summary>
            <TextArea name={`review.${permission}`} label="Text" value={text} rows={7} readOnly />
            <div class="cluster">
              <CopyButton text={text} label="Copy the text" />
            </div>
          </details>
        ))}
      </div>
    </PageSection>
  );
}
