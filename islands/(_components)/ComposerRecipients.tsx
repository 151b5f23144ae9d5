import type { ComponentChildren } from "preact";

export interface ComposerRecipientsProps {
  /** "To", "Cc", "Bcc". */
  readonly label: string;
  /** Chips, or a field. */
  readonly children: ComponentChildren;
  /** Buttons that open further lines. */
  readonly end?: ComponentChildren | undefined;
}

/** One address line of the composer. */
export function ComposerRecipients({ label, children, end }: ComposerRecipientsProps) {
  return (
    <div class="composer-to">
      <span>{label}</span>
      {children}
      {end && <span class="end">{end}</span>}
    </div>
  );
}
