import type { ChannelSignIn } from "@/core/mod.ts";
import { Button, type ButtonKind, type ButtonSize } from "@/islands/(_components)/Button.tsx";

export interface SignInButtonProps {
  readonly channelId: string;
  readonly signIn: ChannelSignIn;
  readonly kind?: ButtonKind | undefined;
  readonly size?: ButtonSize | undefined;
}

/** Leads to the channel's provider and back. */
export function SignInButton({ channelId, signIn, kind, size }: SignInButtonProps) {
  return (
    <form method="post" action="/oauth/start">
      <input type="hidden" name="channelId" value={channelId} />
      <Button type="submit" kind={kind} size={size}>
        {signIn.account === null ? `Sign in with ${signIn.with}` : "Sign in again"}
      </Button>
    </form>
  );
}
