import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Message, MessageTarget } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { newId } from '../../lib/model/ids.ts';
import { storableText } from '../../lib/model/text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { VoiceButton } from '../voice/VoiceButton.tsx';
import { AnsweredLine } from './AnsweredLine.tsx';
import { PlusMenu } from './PlusMenu.tsx';
import { StagedFiles } from './StagedFiles.tsx';
import { StagedShares } from './StagedShares.tsx';
import './composer.css';
import { LengthNote } from './LengthNote.tsx';
import { LimitLine } from './LimitLine.tsx';
import { lengthOf } from './length.ts';
import { MentionPicker } from './MentionPicker.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import { SendButton } from './SendButton.tsx';
import { TargetMenu } from './TargetMenu.tsx';
import { useFieldFocus } from './use-field-focus.ts';
import { useGrowth } from './use-growth.ts';
import { useMentions } from './use-mentions.ts';

/** Where a message is written. Make a new one for another chat. */
export function Composer({ view }: { view: ChatView }) {
  const panel = usePanel();
  const field = useRef<HTMLTextAreaElement>(null);
  const pickerId = useId();
  const [target, setTarget] = useState<MessageTarget>('default');
  const { chat } = view;
  const text = panel.drafts.of(view).value;
  const body = storableText(text).trim();
  const length = lengthOf(body);
  const { files, shares } = view;
  const isEmpty = body === '' && files.length + shares.length === 0;
  const isGroup = chat.kind === 'group';
  const running = view.replies.find((reply) => !reply.stopping) ?? null;
  const mentions = useMentions({
    field,
    members: isGroup ? view.members : [],
    meId: panel.me.value?.id ?? '',
    onText: (next) => panel.drafts.edit(chat.id, next),
  });
  const { answering } = panel;
  const answered = answering.value?.chatId === chat.id ? answering.value : null;
  const VoiceBar = panel.voice?.loaded.value?.Bar;
  const isPicking = mentions.choices.length > 0;
  useGrowth(field, text);
  useFieldFocus(field);
  useEffect(() => panel.drafts.flush, [panel]);
  useEffect(() => {
    if (answered !== null) field.current?.focus();
  }, [answered]);

  function send(): void {
    if (isEmpty || length.isOver || !panel.isSeen('send')) return;
    panel.client.send({ id: newId(), chatId: chat.id, body, target, replyTo: answered?.id ?? null, files, shares });
    panel.drafts.clear(chat.id);
    panel.answer(null);
    setTarget('default');
    mentions.close();
    field.current?.focus();
  }

  function isOwn({ authorId, deletedAt, kind }: Message): boolean {
    return kind === 'member' && authorId === panel.me.value?.id && deletedAt === null;
  }

  function handleKey(event: KeyboardEvent): void {
    // Enter that ends the composition of a character belongs to the input method.
    if (event.isComposing) return;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isPlain && mentions.takeKey(event.key)) event.preventDefault();
    else if (isPlain && event.key === 'ArrowUp' && text === '') {
      const last = view.messages.findLast(isOwn);
      if (last === undefined) return;
      event.preventDefault();
      panel.edits.begin(last);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    }
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isPicking && (
        <MentionPicker
          id={pickerId}
          choices={mentions.choices}
          active={mentions.active}
          onPick={mentions.pick}
          onPoint={mentions.point}
        />
      )}
      {view.limit !== undefined && <LimitLine key={view.limit.messageId} limit={view.limit} />}
      {answered !== null && <AnsweredLine message={answered} people={view.people} />}
      {VoiceBar !== undefined && <VoiceBar chatId={chat.id} />}
      <StagedShares view={view} />
      <StagedFiles view={view} />
      <div class="composer-field">
        <PlusMenu chatId={chat.id} />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={isGroup ? `Message to ${chat.title}` : 'Message to the AI'}
          placeholder={isGroup ? 'Write to everyone' : 'Ask anything'}
          aria-autocomplete="list"
          aria-controls={isPicking ? pickerId : undefined}
          aria-activedescendant={isPicking ? `${pickerId}-${mentions.active}` : undefined}
          aria-invalid={length.isOver}
          value={text}
          onInput={(event) => {
            panel.drafts.edit(chat.id, event.currentTarget.value);
            mentions.look();
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData?.files;
            if (pasted === undefined || pasted.length === 0) return;
            event.preventDefault();
            void panel.staging.add(chat.id, pasted);
          }}
          onSelect={mentions.look}
          onKeyDown={handleKey}
          onBlur={mentions.close}
        />
        {panel.voice !== null && <VoiceButton voice={panel.voice} view={view} field={field} />}
        <SendButton isEmpty={isEmpty} isOver={length.isOver} running={running} onSend={send} />
      </div>
      <div class="composer-foot">
        <TargetMenu
          chat={chat}
          target={target}
          text={text}
          isToAi={answered?.kind === 'assistant'}
          onTarget={setTarget}
        />
        <ModelMenu chatId={chat.id} />
        <LengthNote length={length} />
      </div>
    </form>
  );
}
