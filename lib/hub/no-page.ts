import { FailureError, failure } from '../model/failure.ts';
import type { PanelHost } from './deps.ts';

async function refuse(): Promise<never> {
  throw new FailureError(failure('page_closed'));
}

/** The part of a host that reads pages, where none lies beside the panel. */
export const NO_PAGE: Pick<
  PanelHost,
  | 'readPage'
  | 'capturePage'
  | 'showPage'
  | 'pageBeside'
  | 'hashPage'
  | 'watchPage'
  | 'whyBeside'
  | 'onPage'
  | 'takeErrand'
> = {
  readPage: refuse,
  capturePage: refuse,
  showPage: refuse,
  pageBeside: async () => null,
  hashPage: async () => null,
  watchPage: () => {},
  whyBeside: async () => null,
  onPage: () => () => {},
  takeErrand: () => null,
};
