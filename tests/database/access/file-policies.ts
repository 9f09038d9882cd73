import { lastWord, membersRead, NO, type PolicyCase, probe } from './policy-case.ts';
import type { World } from './world.ts';

/** An attachment whose bytes have not come. */
const UNSENT = '0199e000-0000-7000-8000-000000000001';

/** Of files, and of the pictures of profiles. */
export const FILE_POLICIES: Readonly<Record<string, PolicyCase>> = {
  'members add files of their own to their chats': {
    table: 'public.attachments',
    probes: [
      probe('member', 1, (w) => insertFile(w.chat, 'auth.uid()')),
      probe('stranger', NO, (w) => insertFile(w.chat, 'auth.uid()')),
      probe('removed', NO, (w) => insertFile(w.chat, 'auth.uid()')),
      probe('member', NO, (w) => insertFile(w.chat, `'${w.creator.id}'`)),
      probe('member', NO, (w) => insertFile(w.chat, 'auth.uid()', `'${w.message}'`)),
    ],
    variants: {
      'as anybody': `with check (message_id is null and chat_id in (select private.my_chat_ids()))`,
      'of a message': `with check (owner_id = (select auth.uid()) and chat_id in (select private.my_chat_ids()))`,
      'in any chat': `with check (owner_id = (select auth.uid()) and message_id is null)`,
    },
  },
  'whoever reads a message reads its files': {
    table: 'public.attachments',
    // The creator's history begins with the last message; the member, and whoever has left, has a file that is not sent.
    prepare: (w) =>
      `update public.members b set history_from = c.last_seq + 1 from public.chats c
       where c.id = '${w.chat}' and b.chat_id = c.id and b.role = 'creator';
       ${lastWord(w)};
       insert into public.attachments (id, chat_id, owner_id, name, content_type, size)
       select gen_random_uuid(), '${w.chat}', owner, 'unsent', 'text/plain', 1
       from unnest(array['${w.member.id}', '${w.left.id}']::uuid[]) owner`,
    probes: [
      ...(['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) =>
        probe(who, who === 'member' ? 1 : 0, (w) => `select 1 from public.attachments where id = '${w.file}'`),
      ),
      probe('member', 1, () => `select 1 from public.attachments where name = 'unsent'`),
      probe('creator', 0, () => `select 1 from public.attachments where name = 'unsent'`),
      probe('left', 0, () => `select 1 from public.attachments where name = 'unsent'`),
    ],
    variants: {
      'of all members': 'using (chat_id in (select private.my_chat_ids()))',
      'one’s own wherever': `using (case when message_id is null then owner_id = (select auth.uid())
        else exists (select 1 from public.messages m where m.id = message_id) end)`,
    },
  },
  'people add the bytes of their unsent files': {
    table: 'storage.objects',
    prepare: (w) => `
      insert into public.attachments (id, chat_id, owner_id, name, content_type, size)
      values ('${UNSENT}', '${w.chat}', '${w.member.id}', 'unsent', 'text/plain', 1);
      select set_config('storage.operation', 'storage.tus.upload.create', true)`,
    probes: [
      probe('member', 1, (w) => insertBytes(w, UNSENT)),
      probe('member', 1, (w) => insertBytes(w, `${UNSENT}.thumb`)),
      probe('member', NO, (w) => insertBytes(w, `${UNSENT}.html`)),
      probe('member', NO, (w) => insertBytes({ ...w, chat: w.message }, UNSENT)),
      probe('member', NO, (w) => insertBytes(w, w.message)),
      probe('member', NO, (w) => insertBytes(w, UNSENT, `'${w.creator.id}'`)),
      probe('creator', NO, (w) => insertBytes(w, UNSENT)),
      probe('creator', NO, (w) => insertBytes(w, `${w.file}.thumb`)),
      probe('stranger', NO, (w) => insertBytes(w, UNSENT)),
      probe('member', NO, (w) => `${signing}; ${insertBytes(w, UNSENT)}`),
      probe('member', NO, (w) => insertBytes(w, UNSENT, 'auth.uid()', 'elsewhere')),
    ],
    covered: {
      '(a.id = private.attachment_of(objects.name))':
        'It leads to the row by its index; the name as a whole is compared beside it.',
      '(a.owner_id = ': 'Files that are not sent are seen by their owners alone.',
    },
  },
  'whoever reads a message reads the bytes of its files': {
    table: 'storage.objects',
    prepare: (w) => `
      update public.members b set history_from = 1000000 where b.chat_id = '${w.chat}' and b.role = 'creator';
      insert into storage.objects (bucket_id, name) values
        ('attachments', '${w.chat}/${w.file}.thumb'), ('attachments', '${w.chat}/${w.file}.html'),
        ('attachments', '${w.solo}/${w.file}'), ('attachments', '${w.solo}/${w.message}'),
        ('elsewhere', '${w.chat}/${w.file}');
      select set_config('storage.operation', 'storage.object.get_authenticated', true)`,
    probes: [
      ...(['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) =>
        probe(who, who === 'member' ? 1 : 0, (w) => bytes(`${w.chat}/${w.file}`)),
      ),
      probe('member', 1, (w) => bytes(`${w.chat}/${w.file}.thumb`)),
      probe('member', 0, (w) => bytes(`${w.chat}/${w.file}.html`)),
      probe('member', 0, (w) => bytes(`${w.solo}/${w.file}`)),
      probe('member', 0, (w) => bytes(`${w.solo}/${w.message}`)),
      probe('member', 0, (w) => `${signing}; ${bytes(`${w.chat}/${w.file}`)}`),
    ],
    covered: {
      '(a.id = private.attachment_of(objects.name))':
        'It leads to the row by its index; the name as a whole is compared beside it.',
    },
  },
  'people add their own pictures': {
    table: 'storage.objects',
    probes: [
      probe('stranger', 1, () => insertObject('avatars', 'auth.uid()')),
      probe('member', NO, (w) => insertObject('avatars', `'${w.creator.id}'`)),
      probe('member', NO, () => insertObject('elsewhere', 'auth.uid()')),
    ],
    variants: {
      'in any bucket': `with check ((storage.foldername(name))[1] = (select auth.uid())::text)`,
      'below any id': `with check (bucket_id = 'avatars')`,
    },
  },
  'people remove their own pictures': {
    table: 'storage.objects',
    // Without a condition on rows, so that no policy for reading comes in.
    probes: [
      probe('creator', 1, () => 'delete from storage.objects'),
      probe('member', 0, () => 'delete from storage.objects'),
    ],
    variants: {
      'in any bucket': `using ((storage.foldername(name))[1] = (select auth.uid())::text)`,
      'below any id': `using (bucket_id = 'avatars')`,
    },
  },
  'people see the pictures of profiles they see': {
    table: 'storage.objects',
    probes: [
      ...membersRead(() => `select 1 from storage.objects where bucket_id = 'avatars' and name like '%/face.webp'`),
      probe(
        'newcomer',
        1,
        () => `with own as (${insertObject('avatars', 'auth.uid()')} returning name) select 1 from own`,
      ),
      probe('member', 0, () => `select 1 from storage.objects where bucket_id = 'elsewhere'`),
    ],
    variants: {
      'in any bucket': `using ((storage.foldername(name))[1] in (select id::text from private.known_profile_ids() as known (id)))`,
      'their own only': `using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text)`,
      'those of others only': `using (bucket_id = 'avatars'
        and (storage.foldername(name))[1] in (select id::text from private.known_profile_ids() as known (id)))`,
    },
  },
};

/** What makes an address that whoever has it may use. */
const signing = `set local storage.operation = 'storage.object.sign'`;

function insertFile(chat: string, owner: string, message = 'null'): string {
  return `insert into public.attachments (id, chat_id, owner_id, message_id, name, content_type, size)
    values (gen_random_uuid(), '${chat}', ${owner}, ${message}, 'a.txt', 'text/plain', 1)`;
}

function insertBytes(
  { chat }: Pick<World, 'chat'>,
  name: string,
  owner = 'auth.uid()',
  bucket = 'attachments',
): string {
  return `insert into storage.objects (bucket_id, name, owner_id) values ('${bucket}', '${chat}/${name}', ${owner}::text)`;
}

/** In whatever bucket. */
function bytes(name: string): string {
  return `select 1 from storage.objects where name = '${name}'`;
}

function insertObject(bucket: string, owner: string): string {
  return `insert into storage.objects (bucket_id, name) values ('${bucket}', ${owner} || '/new.webp')`;
}
