import { usePanel } from '../panel/panel-context.ts';
import { ScreenshotPreview } from './ScreenshotPreview.tsx';
import { TextPreview } from './TextPreview.tsx';

/** What is about to be shared, as soon as the person has asked for it. */
export function SharePreview() {
  const { sharing } = usePanel();
  const wanted = sharing.wanted.value;
  if (wanted === null) return null;
  const { chatId, kind } = wanted;
  return kind === 'screenshot' ? (
    <ScreenshotPreview chatId={chatId} onClose={sharing.end} />
  ) : (
    <TextPreview key={kind} chatId={chatId} kind={kind} onClose={sharing.end} />
  );
}
