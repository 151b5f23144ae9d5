import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import CopyButton from "@/islands/CopyButton.tsx";
import type { FormSnippets } from "./form_snippets.ts";

/** How a form can come to a site. */
export const EMBED_WAYS = ["script", "html", "own", "link"] as const;
export type EmbedWay = typeof EMBED_WAYS[number];

export interface EmbedGuideProps {
  readonly way: EmbedWay;
  readonly snippets: FormSnippets;
  /** Public address of this Parley. */
  readonly origin: string;
}

/** What to paste for one of the ways, and what follows from it. */
export function EmbedGuide({ way, snippets, origin }: EmbedGuideProps) {
  switch (way) {
    case "script":
      return (
        <>
          <p class="fm-p">
            Paste this where the form should stand. It grows with what it shows, says thank you in
            its place, sets no cookie and asks nobody but this Parley.
          </p>
          <Code text={snippets.script} label="Copy the script" />
          <p class="fm-p">
            A site with a content security policy allows <code>{origin}</code> in{" "}
            <code>script-src</code> and <code>frame-src</code>.
          </p>
        </>
      );
    case "html":
      return (
        <>
          <p class="fm-p">
            A form of your own, in your own style. It works without JavaScript; whoever sends it
            comes to a thank-you, or to the page named in the settings.
          </p>
          <Code text={snippets.html} label="Copy the HTML" />
          <p class="fm-p">
            With <code>data-parley-form</code>{" "}
            at the form and the script of the first tab, it is sent without leaving your page, and
            what is wrong is said beside each field.
          </p>
        </>
      );
    case "own":
      return (
        <>
          <p class="fm-p">
            <b>Change its address.</b>{" "}
            Fields may have any names: all are kept, and the sender's address and name are found
            among them. Works without JavaScript.
          </p>
          <Code text={snippets.action} label="Copy the first line" />
          <p class="fm-p">
            <b>Or leave it as it is.</b>{" "}
            This line copies what your forms send, also when they lead to another page at once, are
            sent by a script or stand in a single-page app. They work as before.
          </p>
          <Code text={snippets.capture} label="Copy the line" />
          <ul class="fm-steps">
            <li>
              Never taken: forms with a password or a card, searches, hidden fields, tokens, files,
              and whatever has <code>data-parley-ignore</code>.
            </li>
            <li>
              A hidden field that should come along gets <code>data-parley-include</code>.
            </li>
            <li>
              With <code>data-capture="after-consent"</code> it begins once your page says{" "}
              <code>document.dispatchEvent(new Event("parley:consent"))</code>.
            </li>
            <li>
              A content security policy allows <code>{origin}</code> in <code>script-src</code> and
              {" "}
              <code>connect-src</code>.
            </li>
          </ul>
        </>
      );
    case "link":
      return (
        <>
          <p class="fm-p">The form on a page of its own: for mails, social media, a QR code.</p>
          <CopyField
            name="link"
            label="Address of the form"
            value={snippets.link}
            action={<CopyButton text={snippets.link} label="Copy the address" />}
          />
        </>
      );
  }
}

function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div class="fm-code">
      <pre tabIndex={0} aria-label={label.replace("Copy the", "The")}>
        <code>{text.split("\n").map((line, at) => <span key={at}>{line}</span>)}</code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
