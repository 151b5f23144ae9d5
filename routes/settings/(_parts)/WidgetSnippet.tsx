import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import CopyButton from "@/islands/CopyButton.tsx";

export interface WidgetSnippetProps {
  /** Public address of this Parley. */
  readonly origin: string;
  readonly channelId: string;
}

/** The line that puts the chat on a website. */
export function WidgetSnippet({ origin, channelId }: WidgetSnippetProps) {
  const line = `<script async src="${origin}/widget.js" data-channel="${channelId}"></script>`;
  return (
    <PageSection
      title="Put it on your website"
      lead="Paste this line before the end of the body of every page that shows the chat."
    >
      <div class="copy">
        <code>{line}</code>
        <CopyButton text={line} label="Copy the line" />
      </div>
    </PageSection>
  );
}
