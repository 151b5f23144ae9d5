import { page } from "fresh";
import { DEFAULT_NOTIFICATIONS, NotificationEvent } from "@/core/model/user.ts";
import type { Principal } from "@/core/mod.ts";
import { err, ok, type Result } from "@/core/result.ts";
import { Avatar } from "@/islands/(_components)/Avatar.tsx";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Choice } from "@/islands/(_components)/Choice.tsx";
import { Field } from "@/islands/(_components)/Field.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import PasswordField from "@/islands/PasswordField.tsx";
import { define, type State } from "../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../(_shared)/form_problem.ts";
import type { HttpError } from "../(_shared)/http_error.ts";
import { formText, readForm } from "../(_shared)/read_form.ts";
import { type Theme, themeCookie, themeOf } from "../(_shared)/theme.ts";
import { NotificationsForm } from "./(_parts)/NotificationsForm.tsx";
import { SettingsPage } from "./(_parts)/SettingsPage.tsx";
import { settingsFrame, userOf } from "./(_parts)/settings_frame.ts";

const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
const LABELS = {
  name: "Name",
  meetingLink: "Meeting link",
  signature: "Signature",
  avatarAttachmentId: "Picture",
  current: "Current password",
  next: "New password",
} as const;

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.url, ctx.req, null));
  },

  async POST(ctx) {
    const form = await readForm(ctx.req, MAX_PICTURE_BYTES + 64 * 1024);
    const action = ctx.url.searchParams.get("action");
    if (form.ok && action === "theme") {
      const theme = formText(form.value, "theme");
      const chosen: Theme | null = theme === "dark" || theme === "light" ? theme : null;
      const response = ctx.redirect(cameFrom(ctx.req, ctx.url), 303);
      response.headers.append("set-cookie", themeCookie(chosen));
      return response;
    }
    const done = form.ok ? await change(ctx.state, action, form.value) : form;
    if (done.ok) {
      const back = action === "availability"
        ? cameFrom(ctx.req, ctx.url)
        : `/settings/profile?done=${done.value}`;
      return ctx.redirect(back, 303);
    }
    const problem = formProblem(done.error, LABELS);
    return page(await pageData(ctx.state, ctx.url, ctx.req, problem), { status: problem.status });
  },
});

async function pageData(state: State, url: URL, request: Request, problem: FormProblem | null) {
  const principal = userOf(state);
  const { user } = principal;
  return {
    notifications: user.notifications ?? DEFAULT_NOTIFICATIONS,
    canBeMailed: await canBeMailed(state, principal),
    frame: await settingsFrame(state),
    user: {
      name: user.name,
      email: user.email,
      meetingLink: user.meetingLink ?? "",
      signature: user.signature ?? "",
    },
    hasPicture: user.avatarAttachmentId !== null,
    theme: themeOf(request),
    // On a phone the list of settings is a page of its own.
    isList: url.pathname === "/settings",
    problem,
  };
}

/** Whether anything can bring this person a notification: Parley's own mail, or a mailbox of an inbox of theirs. */
async function canBeMailed({ core }: State, principal: Principal): Promise<boolean> {
  if (core.access.canMail) return true;
  const channels = await core.channels.list(principal);
  const letterly = core.channels.types().filter(({ capabilities }) => capabilities.email);
  return channels.ok &&
    channels.value.some(({ type }) => letterly.some((kind) => kind.type === type));
}

/** @returns the code of what was done. */
async function change(
  state: State,
  action: string | null,
  form: FormData,
): Promise<Result<"saved" | "password", HttpError>> {
  const { access } = state.core;
  const principal = userOf(state);
  switch (action) {
    case "password": {
      const changed = await access.changePassword(principal, {
        current: formText(form, "current"),
        next: formText(form, "next"),
      });
      return changed.ok ? ok("password") : changed;
    }
    case "availability": {
      const availability = formText(form, "availability") === "away" ? "away" : "available";
      const changed = await access.updateProfile(principal, { availability });
      return changed.ok ? ok("saved") : changed;
    }
    case "profile": {
      const picture = await readPicture(state, form);
      if (!picture.ok) return picture;
      const changed = await access.updateProfile(principal, {
        name: formText(form, "name"),
        meetingLink: formText(form, "meetingLink").trim(),
        ...(form.has("signature") && { signature: formText(form, "signature") }),
        ...(picture.value !== undefined && { avatarAttachmentId: picture.value }),
      });
      return changed.ok ? ok("saved") : changed;
    }
    case "notifications": {
      const mail = NotificationEvent.options.filter((event) => form.getAll("mail").includes(event));
      const changed = await access.updateProfile(principal, { notifications: { mail } });
      return changed.ok ? ok("saved") : changed;
    }
    default:
      return err({ code: "malformed_body", message: "The form does not say what to do." });
  }
}

/** @returns the id of a new picture, null to take it away, undefined to leave it. */
async function readPicture(
  state: State,
  form: FormData,
): Promise<Result<string | null | undefined, HttpError>> {
  const principal = userOf(state);
  const file = form.get("picture");
  if (file instanceof File && file.size > 0) {
    if (file.size > MAX_PICTURE_BYTES) {
      return err({ code: "too_large", maxBytes: MAX_PICTURE_BYTES });
    }
    const stored = await state.core.attachments.upload({ kind: "principal", principal }, {
      name: file.name,
      type: file.type,
      bytes: new Uint8Array(await file.arrayBuffer()),
    });
    return stored.ok ? ok(stored.value.id) : stored;
  }
  return ok(form.has("removePicture") ? null : undefined);
}

/** The page a small form of the rail was sent from, if it is one of ours. */
function cameFrom(request: Request, url: URL): string {
  const referrer = request.headers.get("referer");
  const from = referrer !== null && URL.canParse(referrer) ? new URL(referrer) : null;
  return from?.origin === url.origin ? from.pathname + from.search : "/settings/profile";
}

export default define.page<typeof handler>(function Profile({ data, url }) {
  const { frame, isList, problem } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Profile"
      current="profile"
      url={url}
      pane={isList ? "views" : "page"}
      problem={problem?.message}
      header={<PageHeader title="Profile" lead="How your team and your customers see you." />}
    >
      <AboutYou {...data} />
      <PageSection
        title="Notifications by mail"
        lead="When a customer writes and you do not look within two minutes. Reply to such a mail, and your words go to the customer in your name."
      >
        <NotificationsForm chosen={data.notifications} canBeMailed={data.canBeMailed} />
      </PageSection>
      <PageSection
        title="Password"
        lead="Changing it signs you out everywhere else."
      >
        <PasswordForm problem={problem} />
      </PageSection>
      <PageSection title="Look" lead="For this browser only.">
        <ThemeForm theme={data.theme} />
      </PageSection>
      <PageSection title="This device">
        <div class="box">
          <BoxRow title="Sign out" text={`You are signed in as ${data.user.email}.`}>
            <form method="post" action="/sign-out">
              <Button type="submit">Sign out</Button>
            </form>
          </BoxRow>
        </div>
      </PageSection>
    </SettingsPage>
  );
});

type PageData = Awaited<ReturnType<typeof pageData>>;

function AboutYou({ frame, user, hasPicture, problem }: PageData) {
  return (
    <form
      class="form"
      method="post"
      action="/settings/profile?action=profile"
      encType="multipart/form-data"
      aria-label="About you"
    >
      <div class="picture-field">
        <Avatar
          id={frame.user.id}
          name={user.name}
          of="team"
          size={40}
          pictureUrl={frame.user.pictureUrl}
        />
        <Field
          id="picture"
          label={LABELS.avatarAttachmentId}
          optional
          hint="PNG, JPEG, GIF or WebP up to 5 MB, square is best."
          error={problem?.fields.avatarAttachmentId}
        >
          <input
            class="file-input"
            id="picture"
            name="picture"
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
          />
        </Field>
      </div>
      {hasPicture && <Choice kind="checkbox" name="removePicture">Take the picture away</Choice>}
      <TextField
        name="name"
        label={LABELS.name}
        autocomplete="name"
        required
        maxLength={100}
        value={user.name}
        error={problem?.fields.name}
      />
      <TextField
        name="meetingLink"
        label={LABELS.meetingLink}
        optional
        type="url"
        placeholder="https://"
        value={user.meetingLink}
        hint="Where customers can book a time with you."
        error={problem?.fields.meetingLink}
      />
      <TextArea
        name="signature"
        label={LABELS.signature}
        optional
        rows={3}
        maxLength={2_000}
        placeholder="{{agent.name}} · {{company}}"
        value={user.signature}
        hint="Below your letters, in place of the mailbox's. {{agent.name}}, {{agent.meetingLink}}, {{company}} and {{contact.firstName|there}} are filled in; what is sent stands below the text you write."
        error={problem?.fields.signature}
      />
      <div class="cluster">
        <Button kind="primary" size="large" type="submit">Save</Button>
      </div>
    </form>
  );
}

function PasswordForm({ problem }: { readonly problem: FormProblem | null }) {
  const error = (name: "current" | "next") => {
    const text = problem?.fields[name];
    return text === undefined ? {} : { error: text };
  };
  return (
    <form
      class="form"
      method="post"
      action="/settings/profile?action=password"
      aria-label="Password"
    >
      <div class="form-row">
        <PasswordField
          name="current"
          label={LABELS.current}
          autocomplete="current-password"
          {...error("current")}
        />
        <PasswordField
          name="next"
          label={LABELS.next}
          autocomplete="new-password"
          minlength={10}
          hint="10 characters or more."
          {...error("next")}
        />
      </div>
      <div class="cluster">
        <Button size="large" type="submit">Change the password</Button>
      </div>
    </form>
  );
}

function ThemeForm({ theme }: { readonly theme: Theme | null }) {
  const choices = [["system", "As the system"], ["light", "Light"], ["dark", "Dark"]] as const;
  return (
    <form class="segments" method="post" action="/settings/profile?action=theme" aria-label="Theme">
      {choices.map(([value, label]) => (
        <button
          key={value}
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === (theme ?? "system")}
        >
          {label}
        </button>
      ))}
    </form>
  );
}
