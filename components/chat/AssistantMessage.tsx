import { useState } from 'preact/hooks';
import type { ReplyStatus } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { Mark } from '../parts/Mark.tsx';
import { ReportSheet } from '../report/ReportSheet.tsx';
import { clockTime, fullTime } from '../time-words.ts';
import './assistant-message.css';
import { AnswerText } from './AnswerText.tsx';
import { Attachments } from './Attachments.tsx';
import { FailedAnswer } from './FailedAnswer.tsx';
import { MessageActions } from './MessageActions.tsx';
import { Reactions } from './Reactions.tsx';
import { ReadBy } from './ReadBy.tsx';
import { Sources } from './Sources.tsx';
import type { AssistantItem } from './timeline.ts';
import { WhySheet } from './WhySheet.tsx';

interface AssistantMessageProps {
  item: AssistantItem;
  people: ChatView['people'];
  meId: string;
}

/** What the AI said, is saying, or is about to say. */
export function AssistantMessage({ item, people, meId }: AssistantMessageProps) {
  const { client, toaster } = usePanel();
  const { state, time, jobId } = item;
  const [showsWhy, setShowsWhy] = useState(false);
  const [isReporting, setIsReporting] = useState(false);
  return (
    <li class="assistant-message" data-row data-message={item.messageId} data-state={state}>
      <div class="message-head">
        <Mark size={20} />
        <span class="message-author">{AI_NAME}</span>
        {time !== null && (
          <time class="message-time" dateTime={time} title={fullTime(new Date(time))}>
            {clockTime(new Date(time))}
          </time>
        )}
        {jobId !== null && (
          <>
            <span class="assistant-status">
              {item.isStopping ? 'stopping' : item.status !== null ? DOING[item.status] : STATE[state]}
            </span>
            {!item.isStopping && (
              <button
                type="button"
                class="assistant-stop"
                onClick={() => client.request('stopReply', { jobId }).catch(toaster.showFailure)}
              >
                <Icon name="stop" />
                Stop
              </button>
            )}
          </>
        )}
      </div>
      {item.body !== '' && <AnswerText item={item} />}
      {item.message !== null && <Attachments chatId={item.message.chatId} files={item.message.attachments} />}
      {item.message !== null && <Sources sources={item.message.sources} />}
      {state === 'stopped' && <p class="assistant-mark">Stopped here.</p>}
      {state === 'failed' && <FailedAnswer messageId={item.messageId} />}
      {showsWhy && item.message !== null && (
        <WhySheet message={item.message} people={people} meId={meId} onClose={() => setShowsWhy(false)} />
      )}
      {isReporting && item.message !== null && (
        <ReportSheet message={item.message} author={null} onClose={() => setIsReporting(false)} />
      )}
      {item.message !== null && <Reactions message={item.message} people={people} meId={meId} />}
      <ReadBy ids={item.readBy} people={people} />
      {item.message !== null && state !== 'failed' && (
        <MessageActions message={item.message} onWhy={() => setShowsWhy(true)} onReport={() => setIsReporting(true)} />
      )}
    </li>
  );
}

const DOING: Record<ReplyStatus, string> = {
  reading: 'reading the files',
  reading_page: 'reading the page',
  reading_pages: 'reading the pages',
  searching: 'searching the web',
  drawing: 'making a picture',
};

const STATE: Record<AssistantItem['state'], string> = {
  waiting: 'answers next',
  thinking: 'thinking',
  writing: 'writing',
  complete: '',
  stopped: '',
  failed: '',
};
