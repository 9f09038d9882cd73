import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Audit, askNpm, judgeAudit, readAudit } from '../../../scripts/checks/audit.ts';

/** npm's own audit, of a project with one package, at a registry that answers what a test wants. */
describe('the real npm', { timeout: 60_000 }, () => {
  let severity: string | null = null;
  let server: Server;
  let folder: string;
  let registry: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const json = (value: unknown, status = 200) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (request.url?.includes('/advisories/bulk')) {
        request.resume();
        const advisory = {
          // npm remembers advisories by their ids.
          id: Date.now(),
          url: 'https://advisories.example/1',
          title: 'It leaks',
          vulnerable_versions: '<2.0.0',
        };
        if (severity === null) json({ message: 'not here' }, 405);
        else json(severity === 'none' ? {} : { leaky: [{ ...advisory, severity, cwe: [], cvss: { score: 0 } }] });
      } else if (request.url === '/leaky') {
        const version = { name: 'leaky', version: '1.0.0', dist: { tarball: `${registry}leaky.tgz` } };
        json({ name: 'leaky', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } });
      } else json({}, 404);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    folder = mkdtempSync(join(tmpdir(), 'audit-'));
    const project = { name: 'x', version: '1.0.0', dependencies: { leaky: '1.0.0' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
    const packages = { '': project, 'node_modules/leaky': { version: '1.0.0' } };
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({ ...project, lockfileVersion: 3, requires: true, packages }),
    );
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const ask = (answer: string | null) => {
    severity = answer;
    return askNpm(folder, AbortSignal.timeout(50_000), registry);
  };

  test.for(['high', 'critical'])('lets nothing out with a %s one', async (answer) => {
    const { ok, output } = judgeAudit(await ask(answer), false);
    expect({ ok, output }).toEqual({
      ok: false,
      output: `leaky is known to be vulnerable (${answer}): It leaks (https://advisories.example/1).`,
    });
  });

  test.for(['low', 'moderate'])('tells of a %s one and goes on', async (answer) => {
    expect(judgeAudit(await ask(answer), true)).toMatchObject({ ok: true, note: expect.stringContaining('It leaks') });
  });

  test('is silent when there are none', async () => {
    expect(judgeAudit(await ask('none'), true)).toEqual({ ok: true, output: '' });
  });

  test('says aloud that a registry does not answer, and fails where an answer is required', async () => {
    const audit = await ask(null);
    expect(audit).toEqual({ asked: false, why: '405 Method Not Allowed' });
    expect(judgeAudit(audit, false)).toMatchObject({ ok: true, note: expect.stringContaining('could not be asked') });
    expect(judgeAudit(audit, true)).toMatchObject({ ok: false, output: expect.stringContaining('could not be asked') });
  });
});

test.for([
  [''],
  ['npm: not found'],
  ['{}'],
  ['{"auditReportVersion":3,"vulnerabilities":{}}'],
  ['{"auditReportVersion":2}'],
  ['{"auditReportVersion":2,"vulnera'],
] as const)('%j is no answer', ([output]) => {
  expect(readAudit(output).asked).toBe(false);
});

test('a package that is vulnerable through another says so', () => {
  const through: Audit = readAudit(
    '{"auditReportVersion":2,"vulnerabilities":{"a":{"name":"a","severity":"high","via":["b"]}}}',
  );
  expect(judgeAudit(through, false).output).toBe('a is known to be vulnerable (high): through b.');
});
