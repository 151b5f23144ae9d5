import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { EmptyState } from "./(_components)/EmptyState.tsx";
import { ErrorArt } from "./(_components)/ErrorArt.tsx";
import { openReplyBox } from "./(_client)/replies/open_reply_box.ts";

const RETRY_MS = 3_000;

/** Nobody answers: says what is safe, and goes on by itself. */
export default function Offline() {
  const waiting = useSignal(0);
  useEffect(() => {
    openReplyBox(indexedDB).then((box) => box.all()).then(
      (replies) => void (waiting.value = replies.length),
      // This browser keeps nothing.
      () => {},
    );
    const look = async () => {
      const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
      if (answer?.ok) location.reload();
    };
    const timer = setInterval(look, RETRY_MS);
    addEventListener("online", look);
    return () => {
      clearInterval(timer);
      removeEventListener("online", look);
    };
  }, []);
  return (
    <EmptyState
      art={<ErrorArt />}
      headingLevel={1}
      title="No connection"
      actions={<a class="button" href="">Try again</a>}
      note="This page goes on by itself as soon as Parley answers."
    >
      {waiting.value === 0
        ? "Nothing is lost: what you wrote is kept."
        : waiting.value === 1
        ? "1 message you wrote is kept and leaves as soon as there is a connection."
        : `${waiting.value} messages you wrote are kept and leave as soon as there is a connection.`}
    </EmptyState>
  );
}
