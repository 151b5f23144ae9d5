import type { ChannelSignIn } from "@/core/mod.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { SignInButton } from "./SignInButton.tsx";

export interface ChannelSignInBoxProps {
  readonly channelId: string;
  readonly signIn: ChannelSignIn;
}

/** Who is signed in at the channel's provider, and the way to another account. */
export function ChannelSignInBox({ channelId, signIn }: ChannelSignInBoxProps) {
  const { with: provider, account, isNeeded } = signIn;
  return (
    <PageSection title="Sign-in">
      <div class="box">
        <BoxRow
          title={account ?? "Nobody is signed in"}
          text={isNeeded
            ? `${provider} lets Parley read and send once somebody signs in.`
            : `${provider} lets Parley read and send. It can be ended there at any time.`}
        >
          <SignInButton channelId={channelId} signIn={signIn} />
        </BoxRow>
      </div>
    </PageSection>
  );
}
