import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import type { CoreError, Result, StartedSignIn } from "@/core/mod.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { AuthPage } from "../(auth)/(_parts)/AuthPage.tsx";
import { define } from "../(_shared)/define.ts";
import { toProblem } from "../(_shared)/http_error.ts";
import { formText, readForm } from "../(_shared)/read_form.ts";

/**
 * Begins the sign-in of a channel at its provider: `POST /oauth/start` with `channelId`, in the form or the address (a
 * form that made the channel is sent on by 307). Opened by GET it changes nothing, and asks.
 */
export const handler = define.handlers({
  GET(ctx) {
    const channelId = ctx.url.searchParams.get("channelId") ?? "";
    return page({ channelId, started: null, problem: null });
  },

  async POST(ctx) {
    const form = await readForm(ctx.req);
    const text = (name: string) => form.ok ? formText(form.value, name) : "";
    const channelId = text("channelId") || (ctx.url.searchParams.get("channelId") ?? "");
    const { principal, core } = ctx.state;
    if (principal?.type !== "user") {
      const next = `/oauth/start?channelId=${encodeURIComponent(channelId)}`;
      return ctx.redirect(`/sign-in?next=${encodeURIComponent(next)}`, 303);
    }
    const started = await core.signIns.start(principal, channelId, {
      anyAccount: text("anyAccount") !== "",
      choosesAccount: text("choosesAccount") !== "",
    });
    if (started.ok) return page({ channelId, started: started.value, problem: null });
    const { status, problem } = readProblem(started);
    return page({ channelId, started: null, problem }, { status });
  },
});

/** @throws HttpError for what has a page of its own */
function readProblem(failed: Extract<Result<StartedSignIn, CoreError>, { ok: false }>) {
  const { status, detail } = toProblem(failed.error);
  if (failed.error.code !== "conflict") throw new HttpError(status, detail);
  return { status, problem: detail };
}

export default define.page<typeof handler>(function StartSignIn({ data }) {
  const { channelId, started, problem } = data;
  if (started === null) {
    return (
      <AuthPage
        title="Sign the channel in"
        lead="You are sent to its provider, and come back here."
        problem={problem}
        action="/oauth/start"
        foot={<a class="link" href="/settings/channels">Go to the channels</a>}
      >
        <input type="hidden" name="channelId" value={channelId} />
        <Button kind="primary" size="full" type="submit" autofocus>Continue</Button>
      </AuthPage>
    );
  }
  // Not a redirect: browsers apply the page's form-action to where a form's answer leads.
  return (
    <AuthPage
      title={`Sign in with ${started.with}`}
      lead={`You are on your way to ${started.with}. It asks whether Parley may read and send.`}
      action={null}
    >
      <Head>
        <meta http-equiv="refresh" content={`0;url=${started.url}`} />
      </Head>
      <LinkButton kind="primary" size="full" href={started.url}>
        Continue to {started.with}
      </LinkButton>
    </AuthPage>
  );
});
