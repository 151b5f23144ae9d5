import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";

/** From a channel's settings to its form. @param here the channel's own page */
export function FormLinks({ here }: { readonly here: string }) {
  return (
    <div class="box form-links">
      <BoxRow title="The form" text="Its fields, title and button, built by looking at it.">
        <LinkButton href={`${here}/form/embed`} icon="code">Put it on your site</LinkButton>
        <LinkButton kind="primary" href={`${here}/form`}>Build</LinkButton>
      </BoxRow>
    </div>
  );
}
