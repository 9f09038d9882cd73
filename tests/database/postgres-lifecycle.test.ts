import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startPostgres } from '../../supabase/local/postgres/postgres.ts';
import { temporaryFolder } from '../support/folders.ts';
import { query, type Starter, startElsewhere, waitUntilGone } from './support/lifecycle.ts';

const OPTIONS = { port: 0, password: 'lifecycle', durable: true };

function newFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** What the next start on the folder finds of the note. */
async function findNote(folder: string): Promise<readonly unknown[]> {
  const server = await startPostgres({ ...OPTIONS, folder });
  try {
    return await query(server.adminUrl(), (sql) => sql`select text from note`);
  } finally {
    await server.stop();
  }
}

const FOUND = [{ text: 'still here' }];

const leaveNote = ({ url }: Pick<Starter, 'url'>) =>
  query(url, (sql) => sql`create table note as select 'still here' as text`);

describe('whoever started Postgres is killed with -9', () => {
  async function begin(): Promise<{ starter: Starter; folder: string }> {
    const folder = newFolder();
    const starter = await startElsewhere(folder);
    await leaveNote(starter);
    return { starter, folder };
  }

  const waitForTheEnd = ({ pid, supervisor, server }: Starter) => waitUntilGone(pid, supervisor, server);

  test('alone: nothing is left, and the data are there at the next start', async () => {
    const { starter, folder } = await begin();
    process.kill(starter.pid, 'SIGKILL');
    await waitForTheEnd(starter);
    expect(await findNote(folder)).toEqual(FOUND);
  });

  describe.runIf(existsSync('/usr/bin/setpriv'))('and the supervisor with it', () => {
    test('the kernel ends the server', async () => {
      const { starter, folder } = await begin();
      process.kill(starter.pid, 'SIGKILL');
      process.kill(starter.supervisor, 'SIGKILL');
      await waitForTheEnd(starter);
      expect(await findNote(folder)).toEqual(FOUND);
    });
  });

  test('after the server itself', async () => {
    const { starter, folder } = await begin();
    process.kill(starter.server, 'SIGKILL');
    process.kill(starter.pid, 'SIGKILL');
    await waitForTheEnd(starter);
    expect(await findNote(folder)).toEqual(FOUND);
  });

  test('and the next start, which does not wait for that, takes over', async () => {
    const { starter, folder } = await begin();
    process.kill(starter.pid, 'SIGKILL');
    expect(await findNote(folder)).toEqual(FOUND);
  });
});

describe('a server that was killed', () => {
  test('is started again with what was committed', async () => {
    const folder = newFolder();
    const server = await startPostgres({ ...OPTIONS, folder });
    await leaveNote({ url: server.adminUrl() });
    await server.kill();
    await server.ended;
    expect(await findNote(folder)).toEqual(FOUND);
  });
});

describe('what is in the way is said in a sentence', () => {
  test('data that another run uses, which goes on', async () => {
    const folder = newFolder();
    const other = await startElsewhere(folder);
    try {
      await expect(startPostgres({ ...OPTIONS, folder })).rejects.toThrow(
        `are in use by another run (process ${other.pid}).`,
      );
      expect(await query(other.url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
    } finally {
      await other.stop();
    }
  });

  test('a port that another program has', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    try {
      await expect(startPostgres({ ...OPTIONS, folder: newFolder(), port })).rejects.toThrow(
        `Port ${port}, meant for Postgres, is in use by another program.`,
      );
    } finally {
      other.close();
    }
  });

  test('a password that is not the one of the data', async () => {
    const folder = newFolder();
    await (await startPostgres({ ...OPTIONS, folder })).stop();
    await expect(startPostgres({ ...OPTIONS, folder, password: 'another' })).rejects.toThrow(
      'The keys of this data folder do not fit its database.',
    );
  });
});
