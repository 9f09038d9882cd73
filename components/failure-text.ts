import { MAX_INSTRUCTIONS_CHARACTERS, MAX_MEMBERS, MAX_TITLE_CHARACTERS } from '../lib/model/chat.ts';
import type { Failure, FailureCode } from '../lib/model/failure.ts';
import { MAX_FILE_MEGABYTES, MAX_FILES } from '../lib/model/files.ts';
import { MAX_MEMORIES } from '../lib/model/memory.ts';
import { MAX_SHARES } from '../lib/model/share.ts';
import { MAX_MESSAGE_CHARACTERS } from '../lib/model/text.ts';
import { countWord, durationWords } from './time-words.ts';

/** What happened and what to do, for each thing that can go wrong. */
const TEXTS: Record<FailureCode, string> = {
  unreachable: 'Sideroom cannot reach its server right now. What you typed is kept; try again in a moment.',
  signed_out: 'You were signed out. Sign in again to go on; what you typed is kept.',
  wrong_credentials: 'E-mail and password do not go together. Check both, or get a code by e-mail instead.',
  wrong_code: 'This code does not fit, or its time is over. Check it, or send yourself a new one.',
  email_taken: 'There is an account with this e-mail already. Sign in instead.',
  email_invalid: 'This e-mail address is not complete. It should look like ana@example.org.',
  weak_password: 'This password is easy to guess. Take at least 8 characters that nobody would think of.',
  too_many_requests: 'Too many tries. Wait a minute and try again.',
  not_member: 'You are not in this group any more. Any member can send you a new invite.',
  group_full: `This group is full: ${MAX_MEMBERS} people is the most. When someone leaves, the link works again.`,
  invite_invalid: 'This invite does not work any more. Ask the person who sent it for a new link.',
  invite_options: 'No link can be made like that. Choose from the list how long and for how many people it works.',
  profile_required: 'Tell the others who you are first: a name and a username will do.',
  profile_invalid: 'A name has 1 to 50 characters; a username 3 to 30 of a–z, 0–9, _ and dot.',
  username_taken: 'This username is taken. Try another one.',
  creator_stays: 'Whoever made the group stays until they leave by themselves.',
  creator_only: 'Only the one who looks after this group can do that.',
  title_invalid: `A name has 1 to ${MAX_TITLE_CHARACTERS} characters.`,
  title_mismatch: 'This is not the name of the group. Type it exactly as it stands above.',
  instructions_too_long: `Instructions hold up to ${countWord(MAX_INSTRUCTIONS_CHARACTERS)} characters. Shorten them.`,
  not_found: 'This is not there any more. Somebody may have removed it.',
  empty: 'There is nothing to send yet. Write something first.',
  too_long: `A message holds up to ${countWord(MAX_MESSAGE_CHARACTERS)} characters. Shorten it, or send it in parts.`,
  too_many_reports: 'You have reported a lot within this hour. Go on a little later; what you wrote is kept.',
  too_many_blocks: 'You have blocked and unblocked a lot within this hour. Go on a little later.',
  retention_invalid: 'Messages are kept for 1 to 3,650 days, or for ever.',
  name_mismatch: 'This is not your username. Type it exactly as it stands above.',
  audio_unusable: 'This recording cannot be turned into text. Record it again.',
  audio_too_large: 'This recording is too long. Record it in shorter parts.',
  nothing_heard: 'No words were heard. Come closer to the microphone and say it again.',
  speech_off: 'Sideroom cannot turn speech into text here. Whoever runs its server can switch that on.',
  speech_down: 'What turns speech into text does not answer right now. Your recording is kept; try again in a moment.',
  speech_spent:
    'Sideroom has listened as much as it may for today. Your recording is kept; try again after midnight UTC.',
  image_unusable: 'This picture cannot be opened. Choose a PNG, JPEG or WebP file.',
  emoji_invalid: 'A reaction is one emoji. Choose another one.',
  author_only: 'Only who wrote a message can change it.',
  plan_chooses: 'Your plan leaves the choice of the model to Sideroom.',
  model_gone: 'This model is not there any more. Choose another one.',
  too_many_reactions: 'This message holds no more kinds of emoji. Add yours to one that is there.',
  file_empty: 'This file is empty. Choose another one.',
  file_too_large: `A file has up to ${MAX_FILE_MEGABYTES} MB. Send a smaller one, or a link to it.`,
  file_missing: 'A file of this message is not there any more. Take the message back and add the file again.',
  too_many_files: `A message takes up to ${MAX_FILES} files. Send the others in another message.`,
  share_missing: 'A page share of this message is not there any more. Take the message back and share the page again.',
  share_unusable: 'This page cannot be shared like that. Share it again.',
  too_many_shares: `A message takes up to ${MAX_SHARES} page shares. Send the others in another message.`,
  page_no_text: 'There is no text to read on this page. Take a screenshot of it instead.',
  page_nothing_selected: 'Nothing is selected on the page. Select a passage there and try again.',
  page_too_big: 'This is more than one share holds. Select a part of the page instead.',
  page_not_allowed: 'Sideroom may not read this page. Click its button in the toolbar there, and try again.',
  page_no_entry:
    'The browser lets no extension read this page. Copy what you want to share and paste it into the message.',
  page_closed: 'There is no page beside this panel any more. Open Sideroom over a webpage and try again.',
  page_pdf: 'PDFs cannot be read where the browser shows them. Take a screenshot, or save the file and add it here.',
  page_changed: 'The page has changed meanwhile. Read it again.',
  location_stays: 'This kind of picture may tell where it was taken. Save it as JPEG or PNG first.',
  birth_date_invalid: 'This date cannot be your birthday. Check the day, the month and the year.',
  birth_date_required: 'Tell your date of birth first.',
  birth_date_stands: 'You have told another date of birth before. It cannot be changed here.',
  too_young: 'You need to be a little older to use Sideroom. Nothing of what you typed was kept.',
  adults_only: 'A guardian is at least 18 years old.',
  minors_only: 'Only the account of somebody under 18 has a guardian.',
  guardian_code_wrong: 'This code does not fit, or its time is over. Ask your guardian for a new one.',
  guardian_only: 'You do not look after this account any more.',
  groups_off: 'Group chats are off for your account. Your guardian can turn them on.',
  solo_only: 'Only what was said in a chat of your own can be remembered.',
  too_many_memories: `There are ${MAX_MEMORIES} memories already. Delete one that is out of date.`,
  unknown: 'This did not work, and Sideroom cannot tell why. Try again in a moment.',
};

/** A failure in one or two sentences a person can act on. */
export function failureText(failure: Failure): string {
  if (failure.code === 'too_many_requests' && failure.retryAfter !== undefined) {
    const when =
      failure.retryAfter > 0 ? `Try again in ${durationWords(failure.retryAfter)}.` : 'You can try again now.';
    return `Too many tries. ${when}`;
  }
  return TEXTS[failure.code];
}
