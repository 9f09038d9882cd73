import type { Auth } from '../data/auth.ts';
import type { Backend } from '../data/backend.ts';
import { readProfile } from '../data/profiles.ts';
import { readFact, writeFact } from '../data/store/facts.ts';
import type { StoredSession } from '../data/store/schema.ts';
import type { Store } from '../data/store/store.ts';
import { forgetCopies, forgetSession } from '../data/store/wipe.ts';
import type { IssuedSession } from '../data/wire/session.ts';
import type { Person } from '../model/chat.ts';
import { type Failure, FailureError, failure } from '../model/failure.ts';
import type { Params } from '../model/protocol.ts';
import type { AppStateBox } from './app-state.ts';
import type { ConnectionWatch } from './connection.ts';
import { writeProfile } from './profile.ts';
import type { Tokens } from './tokens.ts';
import type { Workspace } from './workspace.ts';

/** Who is signed in, and the workspace that runs while somebody is. */
export interface SessionKeeper {
  /** Takes up the stored session. Resolves when all that is stored is known; the server may not have been asked yet. */
  restore(): Promise<void>;
  /** Resolves when the new state is out: in need of a profile, or signed out still where a code was sent first. */
  signUp(email: string, password: string): Promise<void>;
  signIn(email: string, password: string): Promise<void>;
  verifyCode(email: string, code: string): Promise<void>;
  /** Forgets everything of the person here, at once, whether the server hears of it or not. */
  signOut(): Promise<void>;
  saveProfile(profile: Params<'saveProfile'>): Promise<void>;
  /** The server refused the session: signed out, but what was typed stays for the same person. */
  expire(): void;
  /** The signed-in person's workspace. Fails with `signed_out` or `profile_required`, or `unreachable` while that is not known. */
  workspace(): Promise<Workspace>;
  present(): Workspace | null;
  /** Asks again who this is, if that is not known yet. */
  retry(): void;
}

interface Deps {
  readonly auth: Auth;
  readonly backend: Backend;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly state: AppStateBox;
  readonly connection: ConnectionWatch;
  readonly signal: AbortSignal;
  openWorkspace(userId: string, signal: AbortSignal): Promise<Workspace>;
  onEntered(workspace: Workspace): void;
  onLeft(): void;
  onFault(reason: unknown): void;
}

/** One stay of one person, from taking up the session to its end. */
interface Stay {
  readonly session: StoredSession;
  readonly end: AbortController;
  opening: Promise<void> | null;
  workspace: Workspace | null;
}

/** What the state says of a person's chats when nothing is known of them. */
const NOTHING_KNOWN = { chats: [], chatsLoaded: false, people: {}, waiting: [], blocked: [], quietHours: null };

export function createSession(deps: Deps): SessionKeeper {
  const { auth, backend, store, tokens, state, connection, signal, onFault } = deps;
  let stay: Stay | null = null;
  let restoring: Promise<void> = Promise.resolve();
  const isOver = (entered: Stay) => stay !== entered || signal.aborted;

  async function enter(session: StoredSession): Promise<void> {
    stay?.end.abort();
    const entered: Stay = { session, end: new AbortController(), opening: null, workspace: null };
    signal.addEventListener('abort', () => entered.end.abort(), { signal: entered.end.signal });
    stay = entered;
    const me = await readFact(store, 'me');
    if (me?.id === session.userId) {
      await begin(entered, me);
      // The face may have changed elsewhere.
      identify(entered).catch(() => {});
      return;
    }
    state.patch(NOTHING_KNOWN);
    await forgetCopies(store);
    connection.onBack(retry, entered.end.signal);
    // Right after signing in, a failure is that request's; after a restart the connection's return tries again.
    await identify(entered);
  }

  /** Asks the server who this is. */
  async function identify(entered: Stay): Promise<void> {
    const { userId, email } = entered.session;
    const me = await readProfile(backend, userId);
    if (isOver(entered)) return;
    if (me !== null) await begin(entered, me);
    else state.patch({ session: { name: 'needs-profile', userId, email } });
  }

  /** From here on the person can chat. Again with a newer face, it only takes that over. */
  async function begin(entered: Stay, me: Person): Promise<void> {
    await writeFact(store, 'me', me);
    if (isOver(entered)) return;
    entered.opening ??= open(entered);
    await entered.opening;
    if (!isOver(entered)) state.patch({ session: { name: 'signed-in', email: entered.session.email, me } });
  }

  async function open(entered: Stay): Promise<void> {
    const workspace = await deps.openWorkspace(entered.session.userId, entered.end.signal);
    if (isOver(entered)) return;
    entered.workspace = workspace;
    deps.onEntered(workspace);
  }

  async function adopt(issued: IssuedSession): Promise<void> {
    await enter(await tokens.adopt(issued));
  }

  async function leave(reason: Failure | null, unsentToo: boolean): Promise<void> {
    const left = stay;
    stay = null;
    left?.end.abort();
    tokens.drop();
    connection.noteSocket('none');
    deps.onLeft();
    await forgetSession(store, unsentToo && left !== null ? left.session.userId : null);
    state.patch({ session: { name: 'signed-out', failure: reason }, ...NOTHING_KNOWN });
  }

  async function restoreOnce(): Promise<void> {
    const session = await tokens.restore();
    if (session === null) {
      connection.noteSocket('none');
      return state.patch({ session: { name: 'signed-out', failure: null } });
    }
    const known = (await readFact(store, 'me'))?.id === session.userId;
    const entering = enter(session);
    if (known) await entering;
    // Who this is must be asked first, and the server may be away: nobody waits for it here.
    else entering.catch(() => {});
  }

  function retry(): void {
    if (stay !== null && stay.workspace === null) identify(stay).catch(() => {});
  }

  return {
    restore() {
      restoring = restoreOnce();
      return restoring;
    },

    async signUp(email, password) {
      const issued = await auth.signUp(email, password);
      if (issued !== null) await adopt(issued);
    },

    async signIn(email, password) {
      await adopt(await auth.signIn(email, password));
    },

    async verifyCode(email, code) {
      await adopt(await auth.verifyCode(email, code));
    },

    async signOut() {
      const accessToken = tokens.peek();
      await leave(null, true);
      // Best effort: a session that the server never hears of ends by itself.
      if (accessToken !== null) auth.signOut(accessToken).catch(() => {});
    },

    async saveProfile(profile) {
      const entered = stay;
      if (entered === null) throw new FailureError(failure('signed_out'));
      const me = await writeProfile(backend, entered.session.userId, profile);
      if (!isOver(entered)) await begin(entered, me);
    },

    expire() {
      leave(failure('signed_out'), false).catch(onFault);
    },

    async workspace() {
      await restoring;
      if (stay === null) throw new FailureError(failure('signed_out'));
      if (stay.workspace !== null) return stay.workspace;
      throw new FailureError(
        failure(state.get().session.name === 'needs-profile' ? 'profile_required' : 'unreachable'),
      );
    },

    present: () => stay?.workspace ?? null,
    retry,
  };
}
