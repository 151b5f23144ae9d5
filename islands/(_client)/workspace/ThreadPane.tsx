import { Button } from "../../(_components)/Button.tsx";
import { Banner } from "../../(_components)/Banner.tsx";
import { EmptyState } from "../../(_components)/EmptyState.tsx";
import { ErrorArt } from "../../(_components)/ErrorArt.tsx";
import { InboxArt } from "../../(_components)/InboxArt.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { LinkButton } from "../../(_components)/LinkButton.tsx";
import { Skeleton } from "../../(_components)/Skeleton.tsx";
import { Composer } from "./Composer.tsx";
import { HeldNotice } from "./HeldNotice.tsx";
import { MergedNotice } from "./MergedNotice.tsx";
import { ThreadHeader } from "./ThreadHeader.tsx";
import { ThreadMessages } from "./ThreadMessages.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute } from "./workspace_route.ts";

/** The open conversation, or what there is to say instead. */
export function ThreadPane({ model }: { readonly model: WorkspaceModel }) {
  const { conversationId } = model.navigation.route.value;
  const conversation = model.current.value;
  const loaded = model.currentThread.value;
  if (conversationId === null) {
    return (
      <main class="pane thread">
        <NothingOpen model={model} />
      </main>
    );
  }
  if (loaded?.status === "missing" || (model.data.isThreadMissing && loaded === null)) {
    return (
      <main class="pane thread">
        <Missing model={model} />
      </main>
    );
  }
  if (conversation === null || loaded === null || loaded.status === "loading") {
    return (
      <main class="pane thread" aria-busy="true">
        <Loading />
      </main>
    );
  }
  if (conversation.mergedIntoId !== undefined) {
    return (
      <main class="pane thread">
        <MergedNotice
          model={model}
          conversation={conversation}
          intoId={conversation.mergedIntoId}
        />
      </main>
    );
  }
  return (
    <main class="pane thread">
      <ThreadHeader model={model} conversation={conversation} />
      {model.data.problem !== null && (
        <Banner kind="danger" role="alert">{model.data.problem}</Banner>
      )}
      {loaded.status === "failed"
        ? <Failed model={model} id={conversationId} />
        : <ThreadMessages model={model} conversation={conversation} loaded={loaded} />}
      {model.traitsOf(conversation).isMail && loaded.contact !== null && (
        <HeldNotice model={model} contact={loaded.contact} />
      )}
      {model.data.canWrite && <Composer model={model} conversation={conversation} />}
    </main>
  );
}

function NothingOpen({ model }: { readonly model: WorkspaceModel }) {
  const { counts, rows } = model.conversations;
  const open = counts.value.all?.open ?? 0;
  const isDone = rows.value.length === 0;
  return (
    <EmptyState
      art={<InboxArt />}
      title={isDone ? "All caught up" : "Choose a conversation"}
      actions={
        <>
          <span class="keys">
            <Kbd keys={["j"]} />
            <Kbd keys={["k"]} /> move
          </span>
          <span class="keys">
            <Kbd keys={["Enter"]} /> open
          </span>
          <span class="keys">
            <Kbd keys={["?"]} /> all keys
          </span>
        </>
      }
    >
      {open === 0
        ? "No conversation is open."
        : open === 1
        ? "1 conversation is open in your inboxes."
        : `${open} conversations are open in your inboxes.`}
    </EmptyState>
  );
}

function Missing({ model }: { readonly model: WorkspaceModel }) {
  const route = model.navigation.route.value;
  return (
    <EmptyState
      art={<ErrorArt />}
      title="This conversation is not here"
      actions={
        <LinkButton href={formatRoute({ ...route, conversationId: null, pane: null })}>
          Back to the list
        </LinkButton>
      }
    >
      It does not exist, or it is in an inbox you are not a member of.
    </EmptyState>
  );
}

function Failed({ model, id }: { readonly model: WorkspaceModel; readonly id: string }) {
  return (
    <EmptyState
      art={<ErrorArt />}
      title="This conversation did not load"
      actions={
        <Button kind="primary" onClick={() => void model.threads.load(id)}>Try again</Button>
      }
    >
      The server did not answer. Your draft is safe, nothing was sent.
    </EmptyState>
  );
}

function Loading() {
  return (
    <div class="thread-waiting">
      <header class="bar">
        <Skeleton width="middle" />
      </header>
      <div class="subbar">
        <Skeleton width="short" />
      </div>
      <div class="messages">
        <article class="mail">
          <div class="mail-body">
            <Skeleton width="long" />
            <Skeleton width="long" />
            <Skeleton width="middle" />
          </div>
        </article>
        <article class="mail" data-out="">
          <div class="mail-body">
            <Skeleton width="long" />
            <Skeleton width="short" />
          </div>
        </article>
      </div>
    </div>
  );
}
