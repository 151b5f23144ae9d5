export const FRAME_MESSAGE = "parley:form";

/** What a form within a page tells that page. Nothing of it is secret. */
export interface FrameMessage {
  readonly type: typeof FRAME_MESSAGE;
  /** Of what it shows, in CSS pixels. */
  readonly height: number;
  readonly title: string;
  /** It answers what was just sent. */
  readonly isAnswer: boolean;
  readonly isSent: boolean;
}
