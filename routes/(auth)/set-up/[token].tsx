import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { BrandMark } from "@/islands/(_components)/BrandMark.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";
import { Step } from "@/islands/(_components)/Step.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import { define } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { AuthPage } from "../(_parts)/AuthPage.tsx";
import { startSession } from "../(_parts)/start_session.ts";

const LABELS = {
  workspaceName: "Name of the workspace",
  name: "Your name",
  email: "Your email",
  password: "Password",
  inboxName: "First inbox",
} as const;
type Values = Readonly<Record<Exclude<keyof typeof LABELS, "password">, string>>;
const EMPTY: Values = { workspaceName: "", name: "", email: "", inboxName: "Inbox" };

export const handler = define.handlers({
  async GET(ctx) {
    const link = await ctx.state.core.access.linkInfo(ctx.params.token ?? "");
    if (link?.kind !== "setup") return page({ values: null, problem: null }, { status: 404 });
    return page({ values: EMPTY, problem: null });
  },

  async POST(ctx) {
    const again = (values: Values, problem: FormProblem) =>
      page({ values, problem }, { status: problem.status });

    const form = await readForm(ctx.req);
    if (!form.ok) return again(EMPTY, formProblem(form.error, LABELS));
    const values: Values = {
      workspaceName: formText(form.value, "workspaceName"),
      name: formText(form.value, "name"),
      email: formText(form.value, "email"),
      inboxName: formText(form.value, "inboxName"),
    };
    const done = await ctx.state.core.access.setUp(ctx.params.token ?? "", {
      ...values,
      password: formText(form.value, "password"),
    }, ctx.req.headers.get("user-agent") ?? "");
    if (done.ok) return startSession(ctx, done.value.token, "/settings/channels?done=set-up");
    if (done.error.code === "not_found") {
      return page({ values: null, problem: null }, { status: 404 });
    }
    return again(values, formProblem(done.error, LABELS));
  },
});

export default define.page<typeof handler>(function SetUp({ data, state, url }) {
  const { values, problem } = data;
  const { canMail } = state.core.access;
  if (values === null) {
    return (
      <AuthPage
        title="This set-up link does not work"
        lead="It was used already, or a newer one was printed when Parley started again."
        foot={<a class="link" href="/sign-in">Sign in</a>}
      />
    );
  }
  const field = (name: keyof Values) => ({
    name,
    label: LABELS[name],
    value: values[name],
    error: problem?.fields[name],
  });
  return (
    <SoloShell top>
      <Head>
        <title>Set up Parley</title>
      </Head>
      <div class="setup">
        <form class="stack" method="post" aria-label="Set up Parley">
          <div>
            <BrandMark />
            <h1>Set up Parley</h1>
            <p class="quiet">
              You become the owner of this workspace. Everything here can be changed later.
            </p>
          </div>
          {problem?.message && <Banner kind="danger" boxed role="alert">{problem.message}</Banner>}
          <TextField
            {...field("workspaceName")}
            hint="Customers see it in chat and mail."
            required
            autofocus
          />
          <div class="form-row">
            <TextField {...field("name")} autocomplete="name" required />
            <TextField {...field("email")} type="email" autocomplete="username" required />
          </div>
          <PasswordField
            name="password"
            label={LABELS.password}
            autocomplete="new-password"
            minlength={10}
            hint="10 characters or more. A few words are easy to keep."
            {...(problem?.fields.password !== undefined && { error: problem.fields.password })}
          />
          <TextField {...field("inboxName")} hint="Where your team will work." required />
          <div class="cluster">
            <Button kind="primary" size="large" type="submit">Create the workspace</Button>
          </div>
        </form>
        <aside>
          <h2>This server</h2>
          <div class="box steps">
            <Step
              state="done"
              title="Storage works"
              text={state.config.kv === null
                ? `Your data lies in ${state.config.dataDir}`
                : "Your data lies in the database it was given"}
            />
            <Step
              state={state.config.url === null ? "warn" : "done"}
              title={state.config.url === null
                ? "Reached on this machine only"
                : "Reached under its own name"}
              text={state.config.url ?? `${url.origin}. PARLEY_URL gives it a public address.`}
            />
            <Step
              state={canMail ? "done" : "warn"}
              title={canMail ? "Outgoing mail" : "No outgoing mail yet"}
              text={canMail
                ? "Invitations and password resets are sent"
                : "Invitations are shown as links. PARLEY_SMTP_URL sends them."}
            />
          </div>
        </aside>
      </div>
    </SoloShell>
  );
});
