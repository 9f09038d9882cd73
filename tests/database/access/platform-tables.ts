import type { Probe } from './tables.ts';

const NO = '42501';

/**
 * The same for tables of the platform that hold rows of ours. There everybody has grants, so that policies alone decide:
 * what no policy opens gives no row. Columns: anon, stranger, member, creator, removed, left, service.
 */
export const PLATFORM_TABLES: Readonly<Record<string, readonly Probe[]>> = {
  'storage.buckets': [
    {
      command: 'select',
      what: 'the bucket of profile pictures',
      statement: () => `select * from storage.buckets where id = 'avatars'`,
      outcomes: [0, 0, 0, 0, 0, 0, 1],
    },
    {
      command: 'insert',
      what: 'a bucket',
      statement: () => `insert into storage.buckets (id, name) values ('mine', 'mine')`,
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
    {
      command: 'update',
      what: 'making the bucket public',
      statement: () => `update storage.buckets set public = true where id = 'avatars'`,
      outcomes: [0, 0, 0, 0, 0, 0, 1],
    },
    {
      command: 'delete',
      what: 'an empty bucket',
      prepare: () =>
        `insert into storage.buckets (id, name) values ('empty', 'empty'); set local storage.allow_delete_query = 'true'`,
      statement: () => `delete from storage.buckets where id = 'empty'`,
      outcomes: [0, 0, 0, 0, 0, 0, 1],
    },
  ],
  'storage.objects': [
    {
      command: 'select',
      what: 'the creator’s picture',
      statement: (w) =>
        `select * from storage.objects where bucket_id = 'avatars' and name = '${w.creator.id}/face.webp'`,
      outcomes: [0, 0, 1, 1, 0, 0, 1],
    },
    {
      command: 'select',
      what: 'the creator’s file in another bucket',
      statement: (w) =>
        `select * from storage.objects where bucket_id = 'elsewhere' and name = '${w.creator.id}/face.webp'`,
      outcomes: [0, 0, 0, 0, 0, 0, 1],
    },
    {
      command: 'insert',
      what: 'a picture of one’s own',
      statement: () => `insert into storage.objects (bucket_id, name) values ('avatars', auth.uid() || '/new.webp')`,
      outcomes: [NO, 1, 1, 1, 1, 1, 1],
    },
    {
      command: 'insert',
      what: 'a picture of the creator’s',
      statement: (w) => `insert into storage.objects (bucket_id, name) values ('avatars', '${w.creator.id}/new.webp')`,
      outcomes: [NO, NO, NO, 1, NO, NO, 1],
    },
    {
      command: 'insert',
      what: 'a file into another bucket',
      statement: () => `insert into storage.objects (bucket_id, name) values ('elsewhere', auth.uid() || '/new.webp')`,
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
    {
      command: 'update',
      what: 'moving the creator’s picture',
      statement: (w) => `update storage.objects set name = '${w.creator.id}/moved.webp' where bucket_id = 'avatars'`,
      outcomes: [0, 0, 0, 0, 0, 0, 1],
    },
    {
      command: 'delete',
      what: 'the creator’s picture',
      prepare: () => `set local storage.allow_delete_query = 'true'`,
      statement: (w) =>
        `delete from storage.objects where bucket_id = 'avatars' and name = '${w.creator.id}/face.webp'`,
      outcomes: [0, 0, 0, 1, 0, 0, 1],
    },
  ],
  'realtime.messages': [
    {
      command: 'select',
      what: 'a broadcast on the group’s topic',
      prepare: (w) => `select set_config('realtime.topic', '${w.topic}', true)`,
      statement: (w) => `select * from realtime.messages where topic = '${w.topic}' and event = 'reply'`,
      outcomes: [0, 0, 1, 1, 0, 0, 1],
    },
    {
      command: 'select',
      what: 'a broadcast on the creator’s own topic',
      prepare: (w) => `select set_config('realtime.topic', 'user:${w.creator.id}', true)`,
      statement: (w) => `select * from realtime.messages where topic = 'user:${w.creator.id}' limit 1`,
      outcomes: [0, 0, 0, 1, 0, 0, 1],
    },
    ...['broadcast', 'presence'].map(
      (extension): Probe => ({
        command: 'insert',
        what: `a ${extension} on the group’s topic`,
        prepare: (w) => `select set_config('realtime.topic', '${w.topic}', true)`,
        statement: (w) => `insert into realtime.messages (topic, extension) values ('${w.topic}', '${extension}')`,
        outcomes: [NO, NO, NO, NO, NO, NO, 1],
      }),
    ),
    {
      command: 'update',
      what: 'a broadcast',
      prepare: (w) => `select set_config('realtime.topic', '${w.topic}', true)`,
      statement: (w) => `update realtime.messages set event = 'forged' where topic = '${w.topic}' and event = 'reply'`,
      outcomes: [0, 0, 0, 0, 0, 0, 1],
    },
  ],
};
