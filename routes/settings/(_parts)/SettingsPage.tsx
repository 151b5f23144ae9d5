import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import type { SettingsPlace } from "@/islands/(_components)/SettingsNav.tsx";
import { SettingsShell } from "@/islands/(_components)/SettingsShell.tsx";
import SettingsKeys from "@/islands/SettingsKeys.tsx";
import type { SettingsFrame } from "./settings_frame.ts";

/** What just worked, by the code in `?done=`: the words are ours, never the address's. */
const DONE: Readonly<Record<string, string>> = {
  saved: "Saved.",
  password: "Your password is changed. Other devices are signed out.",
  created: "Created.",
  connected: "Connected: messages come in and go out.",
  removed: "Removed.",
  "signed-in": "Signed in. What waited goes out now.",
  revoked: "The invitation is taken back.",
  deactivated: "Deactivated. Their sessions have ended.",
  activated: "Active again.",
  replayed: "It is being read again. If it fails again, it comes back to this list.",
  "set-up": "Your workspace is ready. Next, connect a channel so that messages can come in.",
};

export interface SettingsPageProps {
  readonly frame: SettingsFrame;
  readonly title: string;
  readonly current: SettingsPlace;
  readonly url: URL;
  readonly wide?: boolean | undefined;
  readonly pane?: "views" | "page" | undefined;
  /** What went wrong with the form as a whole. */
  readonly problem?: string | null | undefined;
  readonly foot?: ComponentChildren | undefined;
  readonly header: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A settings page: frame, header, what just happened, content. */
export function SettingsPage(props: SettingsPageProps) {
  const { frame, title, current, url, wide, pane, problem, foot, header, children } = props;
  const code = url.searchParams.get("done") ?? "";
  const done = Object.hasOwn(DONE, code) ? DONE[code] : undefined;
  return (
    <SettingsShell
      {...frame}
      title={title}
      current={current}
      wide={wide}
      pane={pane}
      foot={foot}
    >
      <Head>
        <title>{title} · Parley</title>
      </Head>
      <SettingsKeys userId={frame.user.id} places={frame.places} />
      {header}
      {problem && <Banner kind="danger" boxed role="alert">{problem}</Banner>}
      {!problem && done && <Banner kind="ok" boxed role="status">{done}</Banner>}
      {children}
    </SettingsShell>
  );
}
