import { randomUUID } from 'node:crypto';
import type { ApiRequest } from '../support/api.ts';
import type { World } from './world.ts';

/** `me`: who asks; nobody's id for the API's own roles. */
type Build = (world: World, me: string) => ApiRequest;

const get =
  (path: (world: World) => string): Build =>
  (world) => ({ method: 'GET', path: path(world) });
const post =
  (path: string, body: (world: World, me: string) => object): Build =>
  (world, me) => ({ method: 'POST', path, body: body(world, me) });
const patch =
  (path: (world: World) => string, body: object): Build =>
  (world) => ({ method: 'PATCH', path: path(world), body });

const FACE = { display_name: 'X', username: 'xxx' };
const QUIET = { quiet_from: '22:00', quiet_to: '07:00', quiet_zone: 'Europe/Berlin' };
const LOUD = { quiet_from: null, quiet_to: null, quiet_zone: null };
const FILE = { name: 'a.txt', content_type: 'text/plain', size: 1 };

/** How a client asks for what the probes of the tables try in SQL, by table and by the probe's words. */
export const REQUESTS: Readonly<Record<string, Readonly<Record<string, Build>>>> = {
  'public.audit_events': { 'how the group began': get((w) => `audit_events?chat_id=eq.${w.chat}&type=eq.created`) },
  'public.blocks': { 'whom the member blocked': get((w) => `blocks?blocker_id=eq.${w.member.id}`) },
  'public.report_queue': { 'what the member reported': get((w) => `report_queue?message_id=eq.${w.message}`) },
  'public.held_messages': { 'what was deleted under a hold': get(() => 'held_messages') },
  'public.join_requests': { 'who waits': get((w) => `join_requests?select=user_id,created_at&chat_id=eq.${w.chat}`) },
  'public.profiles': {
    'the creator’s face': get((w) => `profiles?id=eq.${w.creator.id}`),
    'one’s own, which is there already': post('profiles', (_, me) => ({ id: me, ...FACE })),
    'somebody else’s': post('profiles', (w) => ({ id: w.nobody.id, ...FACE })),
    'the name in all that one may': patch(() => 'profiles', { display_name: 'X' }),
    'the creator’s name': patch((w) => `profiles?id=eq.${w.creator.id}`, { display_name: 'X' }),
  },
  'public.accounts': {
    'the creator’s': get((w) => `accounts?user_id=eq.${w.creator.id}`),
    'the settings in all that one may': patch(() => 'accounts', { settings: {} }),
    'the quiet hours in all that one may': patch(() => 'accounts', QUIET),
    'whether the AI may look at the picture in all that one may': patch(() => 'accounts', { picture_in_images: true }),
    'the creator’s quiet hours': patch((w) => `accounts?user_id=eq.${w.creator.id}`, LOUD),
  },
  'public.chats': { 'the group': get((w) => `chats?id=eq.${w.chat}`) },
  'public.members': {
    'who is in the group': get((w) => `members?select=user_id,role&chat_id=eq.${w.chat}`),
    'how far each has read': get((w) => `members?select=last_read_seq&chat_id=eq.${w.chat}`),
    'the notification level in the group': patch((w) => `members?chat_id=eq.${w.chat}`, { notification_level: 'none' }),
  },
  'public.hidden_reactions': {
    'a reaction of the creator, who blocked somebody there': get((w) => `hidden_reactions?message_id=eq.${w.message}`),
  },
  'public.messages': {
    'a message of the group': get((w) => `messages?id=eq.${w.message}`),
    'a message into the group': post('messages', (w) => ({ id: randomUUID(), chat_id: w.chat, body: 'hi' })),
  },
  'public.message_versions': {
    'how a message of the group was worded before': get(
      (w) => `message_versions?select=body&message_id=eq.${w.message}`,
    ),
  },
  'public.attachments': {
    'a file of the group': get((w) => `attachments?select=name,size&id=eq.${w.file}`),
    'a file for the group': post('attachments', (w) => ({ id: randomUUID(), chat_id: w.chat, ...FILE })),
  },
  'public.page_shares': { 'what was shared of a page': get((w) => `page_shares?id=eq.${w.share}`) },
  'public.changes': { 'the group’s first change': get((w) => `changes?chat_id=eq.${w.chat}&seq=eq.1`) },
  'public.invites': {
    'an invite of the group, without the hash': get((w) => `invites?select=id,uses&id=eq.${w.invite}`),
    'the hash of a token': get(() => 'invites?select=token_hash'),
  },
  'public.reply_jobs': {
    'a reply of the group, with the text so far': get((w) => `reply_jobs?select=id,state,partial&id=eq.${w.job}`),
    'the lease of a reply': get((w) => `reply_jobs?select=lease_token&id=eq.${w.job}`),
  },
  'public.memories': {
    'the creator’s memory': get((w) => `memories?select=body&user_id=eq.${w.creator.id}`),
    'a memory of one’s own': post('memories', () => ({ id: randomUUID(), body: 'I like tea.' })),
    'the creator’s memory, changed': patch((w) => `memories?user_id=eq.${w.creator.id}`, { body: 'X' }),
    'all memories that one may': () => ({ method: 'DELETE', path: 'memories' }),
  },
};
