import { channelLook } from "./channel_look.ts";
import { flag } from "./flag.ts";
import { hueOf } from "../../core/model/hue.ts";
import { Icon } from "./Icon.tsx";
import { initialsOf } from "./initials.ts";

export interface AvatarProps {
  /** Whose it is; the hue comes from it. */
  readonly id: string;
  readonly name: string;
  /** Customers ("contact", when absent) are tinted, the team is solid, companies and bots are squares. */
  readonly of?: "contact" | "team" | "company" | "bot" | "nobody" | undefined;
  /** Pixels; 28 when absent. */
  readonly size?: 16 | 20 | 24 | 28 | 32 | 40 | undefined;
  /** Whose letters stand for it where the name says something else, such as "You". */
  readonly initialsOf?: string | undefined;
  readonly pictureUrl?: string | null | undefined;
  /** The adapter whose glyph sits at its foot. */
  readonly channelType?: string | undefined;
  readonly presence?: "on" | "away" | "off" | undefined;
  /** What it says when no name stands beside it ("Assigned to Nora"); without it, it is decoration. */
  readonly label?: string | undefined;
}

/** A face, or the letters that stand for one. */
export function Avatar(props: AvatarProps) {
  const { id, of = "contact", size = 28, channelType, presence, label } = props;
  const channel = channelType === undefined ? undefined : channelLook(channelType);
  return (
    <span
      class="avatar"
      data-size={size}
      data-hue={of === "bot" || of === "nobody" ? undefined : hueOf(id)}
      data-team={flag(of === "team")}
      data-thing={flag(of === "company" || of === "bot")}
      data-none={flag(of === "nobody")}
      role={label === undefined ? undefined : "img"}
      aria-label={label}
      title={label}
      aria-hidden={label === undefined && channel === undefined ? "true" : undefined}
    >
      <Face {...props} />
      {presence && <span class="presence" data-state={presence} />}
      {channel && (
        <span
          class="avatar-channel"
          data-channel={channel.role}
          role="img"
          aria-label={channel.label}
        >
          <Icon name={channel.icon} size={12} />
        </span>
      )}
    </span>
  );
}

function Face({ name, initialsOf: whose, of, size = 28, pictureUrl }: AvatarProps) {
  if (of === "bot") return <Icon name="bot" size={size < 24 ? 12 : 16} />;
  if (of === "nobody") return <Icon name="user" size={size < 24 ? 12 : 14} />;
  if (pictureUrl) return <img src={pictureUrl} alt="" width={size} height={size} loading="lazy" />;
  const initials = initialsOf(whose ?? name);
  return initials === ""
    ? <Icon name="user" size={size < 24 ? 12 : 16} />
    : <span aria-hidden="true">{initials}</span>;
}
