import { page } from "fresh";
import { type FinishError, unreachable } from "@/core/mod.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { AuthPage } from "../(auth)/(_parts)/AuthPage.tsx";
import { define } from "../(_shared)/define.ts";

/** The only address providers send people back to, whatever came of it. */
export const handler = define.handlers({
  async GET(ctx) {
    const { searchParams } = ctx.url;
    const finished = await ctx.state.core.signIns.finish(ctx.state.principal, {
      state: searchParams.get("state"),
      code: searchParams.get("code"),
      error: searchParams.get("error"),
    });
    if (finished.ok) {
      const { channelId, isFirst } = finished.value;
      // A new channel goes on as one with a password does: it is tried.
      const next = isFirst ? `${channelId}/test?new` : `${channelId}?done=signed-in`;
      return ctx.redirect(`/settings/channels/${next}`, 303);
    }
    const status = finished.error.code === "forbidden" ? 403 : 400;
    return page({ error: finished.error, isSignedIn: ctx.state.principal !== null }, { status });
  },
});

export default define.page<typeof handler>(function SignInFailed({ data }) {
  const { error, isSignedIn } = data;
  const { title, lead } = wordsOf(error, isSignedIn);
  if (!("channelId" in error)) {
    const [href, label] = isSignedIn
      ? ["/settings/channels", "Go to the channels"]
      : ["/sign-in", "Sign in to Parley"];
    return <AuthPage title={title} lead={lead} foot={<a class="link" href={href}>{label}</a>} />;
  }
  return (
    <AuthPage
      title={title}
      lead={lead}
      action="/oauth/start"
      foot={
        <a class="link" href={`/settings/channels/${error.channelId}`}>Go to the channel instead</a>
      }
    >
      <input type="hidden" name="channelId" value={error.channelId} />
      {error.code === "wrong_account"
        ? (
          <>
            <Button kind="primary" size="full" type="submit" name="choosesAccount" value="1">
              Choose another account
            </Button>
            <Button size="full" type="submit" name="anyAccount" value="1">
              It may open the mailbox: use it
            </Button>
          </>
        )
        : <Button kind="primary" size="full" type="submit">Try again</Button>}
    </AuthPage>
  );
});

interface Words {
  readonly title: string;
  readonly lead: string;
}

function wordsOf(error: FinishError, isSignedIn: boolean): Words {
  switch (error.code) {
    case "foreign":
      return {
        title: "This sign-in was not begun here",
        lead: isSignedIn
          ? "Somebody else began it, or another browser did. Begin again from the channel's settings."
          : "You are not signed in to Parley at this address. Sign in, then begin again from the channel's settings.",
      };
    case "expired":
      return {
        title: "This sign-in is over",
        lead: "It was finished before, or took longer than ten minutes. Nothing was changed; " +
          "begin again from the channel's settings.",
      };
    case "forbidden":
      return {
        title: "This is not open to you",
        lead: "Your role no longer includes channels. An admin of your workspace can change that.",
      };
    case "denied":
      return {
        title: "Not connected",
        lead: `${error.with} was told not to let Parley in. The channel is as it was.`,
      };
    case "missing_scope":
      return {
        title: "Parley needs all of it",
        lead: `Reading and sending was not allowed at ${error.with}. Try again and leave every ` +
          "box ticked.",
      };
    case "wrong_account":
      return {
        title: "That is another account",
        lead: `You signed in as ${error.account}, and this channel is ${error.expected}. ` +
          "A shared mailbox is opened by an account that was given access to it.",
      };
    case "refused":
      return {
        title: `${error.with} refused`,
        lead: `It said: ${error.words}. Check the app's client ID, secret and redirect address.`,
      };
    default:
      return unreachable(error);
  }
}
