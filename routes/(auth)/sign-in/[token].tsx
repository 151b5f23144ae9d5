import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { define } from "../../(_shared)/define.ts";
import { AuthPage } from "../(_parts)/AuthPage.tsx";
import { startSession } from "../(_parts)/start_session.ts";

export const handler = define.handlers({
  // Opening the address changes nothing: mail programs and chat apps open links by themselves.
  async GET(ctx) {
    const link = await ctx.state.core.access.linkInfo(ctx.params.token ?? "");
    const email = link?.kind === "sign_in" ? link.email ?? "" : null;
    return page({ email }, { status: email === null ? 404 : 200 });
  },

  async POST(ctx) {
    const { access } = ctx.state.core;
    const userAgent = ctx.req.headers.get("user-agent") ?? "";
    const signedIn = await access.signInByLink(ctx.params.token ?? "", userAgent);
    if (!signedIn.ok) return page({ email: null }, { status: 404 });
    return startSession(ctx, signedIn.value.token, "/");
  },
});

export default define.page<typeof handler>(function SignInByLink({ data: { email } }) {
  if (email === null) {
    return (
      <AuthPage
        title="This link does not work"
        lead="It is older than a day, or the person it is for cannot sign in."
        foot={<a class="link" href="/sign-in">Sign in with a password</a>}
      />
    );
  }
  return (
    <AuthPage
      title="Sign in"
      lead={
        <>
          You will be signed in as <b>{email}</b>.
        </>
      }
    >
      <Button kind="primary" size="full" type="submit" autofocus>Sign in</Button>
    </AuthPage>
  );
});
