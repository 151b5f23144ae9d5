import { Icon } from "@/islands/(_components)/Icon.tsx";

export interface HelpTextProps {
  readonly text: string;
  /** Where it is done, at the provider. */
  readonly url?: string | undefined;
}

/** What a provider wants, in a quiet box. */
export function HelpText({ text, url }: HelpTextProps) {
  return (
    <div class="advice">
      <p>{text}</p>
      {url !== undefined && (
        <p>
          <a class="link" href={url} target="_blank" rel="noreferrer">
            Go there <Icon name="external" size={14} />
          </a>
        </p>
      )}
    </div>
  );
}
