import type { Result } from "../result.ts";
import type { ChannelView } from "./adapter.ts";
import type { SendError } from "./errors.ts";
import type { Io } from "./io.ts";

/** Mail to one of the team about a conversation, which they may answer by mail. */
export interface NoticesPort<Config> {
  /**
   * Where answers go; their code comes back as `MessageEvent.agentMail`, and with that of the mail's id where a mailbox
   * takes no codes in its address. Pure.
   * @param code 16 lower-case letters and digits that nobody can guess
   */
  answerAddress(config: Config, code: string): string;
  /** The id of a notification, without brackets: what answers it is known by it. Pure. @param seq of the latest message it tells of */
  noticeId(config: Config, code: string, seq: number): string;
  /** By the channel's own way, where Parley has no mailer of its own. */
  send(
    notice: Notice,
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<null, SendError>>;
}

export interface Notice {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** How an answer finds its conversation; null for a mail that is not to be answered. */
  readonly thread: NoticeThread | null;
}

export interface NoticeThread {
  readonly replyTo: string;
  /** Without brackets, as the next. */
  readonly messageId: string;
  readonly references: readonly string[];
}
