import type { ApiInvite } from "../../../core/model/api.ts";
import { InviteCard, type InviteCardProps } from "../../(_components)/InviteCard.tsx";
import { inviteState, leafOf, repeatsWords, whenWords } from "./invite_words.ts";
import { MessageText } from "./MessageText.tsx";

/** The meeting of a mail, in the reader's time zone. */
export function InviteItem({ invite, timeZone }: {
  readonly invite: ApiInvite;
  readonly timeZone: string;
}) {
  const { organiser, place, repeats, answer, others } = invite;
  const when = whenWords(invite, timeZone);
  const lines: InviteCardProps["lines"] = [
    ...when === "" ? [] : [{ icon: "clock", label: "When", content: when } as const],
    ...repeats === null
      ? []
      : [{ icon: "refresh", label: "Repeats", content: repeatsWords(repeats, timeZone) } as const],
    ...place === ""
      ? []
      : [{ icon: "globe", label: "Where", content: <MessageText text={place} /> } as const],
    ...answer === null
      ? []
      : [{ icon: "reply", label: "Answer by", content: personWords(answer) } as const],
    ...organiser === null
      ? []
      : [{ icon: "user", label: "Organiser", content: personWords(organiser) } as const],
    ...others <= 0 ? [] : [
      {
        icon: "file",
        label: "Others",
        content: others === 1 ? "1 other meeting in the file" : `${others} others in the file`,
      } as const,
    ],
  ];
  return (
    <InviteCard
      title={invite.title || "Meeting without a title"}
      state={inviteState(invite)}
      {...looks(invite)}
      isOff={invite.method === "cancel"}
      leaf={leafOf(invite, timeZone)}
      lines={lines}
    />
  );
}

function looks({ method, answer }: ApiInvite): Pick<InviteCardProps, "stateIcon" | "stateKind"> {
  if (method === "cancel") return { stateIcon: "x", stateKind: "failed" };
  if (method !== "reply") return { stateIcon: "calendar" };
  if (answer?.says === "accepted") return { stateIcon: "check", stateKind: "ok" };
  return answer?.says === "declined"
    ? { stateIcon: "x", stateKind: "failed" }
    : { stateIcon: "reply" };
}

function personWords({ name, address }: { readonly name: string; readonly address: string }) {
  return name === "" ? address : address === "" ? name : `${name}, ${address}`;
}
