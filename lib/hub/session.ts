import type { Auth } from '../data/auth.ts';
import { removeAvatar, uploadAvatar } from '../data/avatars.ts';
import type { Backend } from '../data/backend.ts';
import { readProfile, saveProfile } from '../data/profiles.ts';
import { readFact, writeFact } from '../data/store/facts.ts';
import type { StoredSession } from '../data/store/schema.ts';
import type { Store } from '../data/store/store.ts';
import { forgetCopies, forgetUnsent } from '../data/store/wipe.ts';
import type { IssuedSession } from '../data/wire/session.ts';
import type { Person } from '../model/chat.ts';
import { type Failure, FailureError, failure } from '../model/failure.ts';
import type { Params } from '../model/protocol.ts';
import type { AppStateBox } from './app-state.ts';
import type { ConnectionWatch } from './connection.ts';
import type { Tokens } from './tokens.ts';
import type { Workspace } from './workspace.ts';

/** Who is signed in, and the workspace that runs while somebody is. */
export interface SessionKeeper {
  /** Takes up the stored session. Resolves when all that is stored is known; the server may not have been asked yet. */
  restore(): Promise<void>;
  /** Resolves when the new state is out: signed in, in need of a profile, or signed out still where a code was sent first. */
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
  onFault(reason: unknown): void;
}

/** One stay of one person, from taking up the session to its end. */
interface Stay {
  readonly session: StoredSession;
  readonly end: AbortController;
  workspace: Workspace | null;
}

export function createSession(deps: Deps): SessionKeeper {
  const { auth, backend, store, tokens, state, connection, signal } = deps;
  let stay: Stay | null = null;
  let restoring: Promise<void> = Promise.resolve();

  async function enter(session: StoredSession): Promise<void> {
    stay?.end.abort();
    const entered: Stay = { session, end: new AbortController(), workspace: null };
    signal.addEventListener('abort', () => entered.end.abort(), { signal: entered.end.signal });
    stay = entered;
    const me = await readFact(store, 'me');
    if (me?.id === session.userId) {
      await begin(entered, me);
      // The face may have changed elsewhere.
      identify(entered).catch(() => {});
      return;
    }
    await forgetCopies(store);
    connection.onBack(() => void identify(entered).catch(() => {}), entered.end.signal);
    // Right after signing in its failure is that request's; after a restart the connection's return tries again.
    await identify(entered);
  }

  /** Asks the server who this is. */
  async function identify(entered: Stay): Promise<void> {
    const { userId, email } = entered.session;
    const me = await readProfile(backend, userId);
    if (stay !== entered) return;
    if (me !== null) await begin(entered, me);
    else state.patch({ session: { name: 'needs-profile', userId, email } });
  }

  /** From here on the person can chat. Again with a newer face, it only takes that over. */
  async function begin(entered: Stay, me: Person): Promise<void> {
    await writeFact(store, 'me', me);
    if (stay !== entered) return;
    if (entered.workspace === null) {
      const workspace = await deps.openWorkspace(me.id, entered.end.signal);
      if (stay !== entered) return;
      entered.workspace ??= workspace;
    }
    state.patch({ session: { name: 'signed-in', email: entered.session.email, me } });
  }

  async function adopt(issued: IssuedSession): Promise<void> {
    await enter(await tokens.adopt(issued));
  }

  async function leave(reason: Failure | null, forget: (userId: string) => Promise<void>): Promise<void> {
    const left = stay;
    stay = null;
    left?.end.abort();
    connection.noteSocket('none');
    state.patch({ session: { name: 'signed-out', failure: reason }, chats: [], chatsLoaded: false, people: {} });
    await tokens.clear();
    await forgetCopies(store);
    if (left !== null) await forget(left.session.userId);
  }

  return {
    restore() {
      restoring = (async () => {
        const session = await tokens.restore();
        if (session === null) state.patch({ session: { name: 'signed-out', failure: null } });
        else if ((await readFact(store, 'me'))?.id === session.userId) await enter(session);
        // Who this is must be asked first, and the server may be away: nobody waits for it here.
        else enter(session).catch(() => {});
      })();
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
      const accessToken = stay?.session && (await tokens.current().catch(() => null));
      await leave(null, (userId) => forgetUnsent(store, userId));
      // Best effort: a token that the server never hears of ends by itself.
      if (accessToken) auth.signOut(accessToken).catch(() => {});
    },

    async saveProfile({ displayName, username, avatar }) {
      const entered = stay;
      if (entered === null) throw new FailureError(failure('signed_out'));
      const old = await readProfile(backend, entered.session.userId);
      const added =
        avatar.kind === 'image' ? await uploadAvatar(backend, entered.session.userId, avatar.dataUrl) : null;
      const avatarPath = avatar.kind === 'keep' ? (old?.avatarPath ?? null) : added;
      try {
        const me = await saveProfile(backend, { displayName, username, avatarPath });
        if (old?.avatarPath && old.avatarPath !== avatarPath) removeAvatar(backend, old.avatarPath).catch(() => {});
        if (stay === entered) await begin(entered, me);
      } catch (reason) {
        if (added !== null) removeAvatar(backend, added).catch(() => {});
        throw reason;
      }
    },

    expire() {
      leave(failure('signed_out'), () => Promise.resolve()).catch(deps.onFault);
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
  };
}
