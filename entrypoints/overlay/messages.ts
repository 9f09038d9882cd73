import type { WhyBeside } from '../../lib/model/share.ts';
import type { Overlay } from './frame.ts';

/**
 * The contract between the background and the content scripts that hold the overlay's frame (isolated world, so no page can speak
 * it). Both sides check the shape of what arrives.
 */
export type FromOverlay =
  /** A frame is about to be made: asks for its pass and width. */
  | { readonly type: 'overlay-mount' }
  /** The page's own modal dialog or full screen would make the overlay inert or hide it, or the page keeps taking it out. */
  | { readonly type: 'overlay-blocked'; readonly why: Exclude<WhyBeside, 'no_entry'> }
  /** The person closed it. */
  | { readonly type: 'overlay-closed' }
  /** The page goes away with the overlay over it; the address at which it stood by then. */
  | { readonly type: 'overlay-left'; readonly address: string }
  /** A script of the page took the keyboard from the panel. */
  | { readonly type: 'keys-taken' }
  /** An invite link was opened in this tab. */
  | { readonly type: 'invite-opened'; readonly token: string };

export interface MountReply {
  /** One-time word by which the hub knows the frame. */
  readonly pass: string;
  /** In CSS pixels. */
  readonly width: number;
}

export type ToOverlay =
  | { readonly type: 'overlay-close' }
  /** The keyboard is the panel's. */
  | { readonly type: 'overlay-focus' }
  | { readonly type: 'overlay-width'; readonly width: number }
  /** Out of sight while a picture of the page is taken; answered when that is painted. */
  | { readonly type: 'overlay-veil'; readonly on: boolean };

/** What the overlay's script leaves in its isolated world. */
export type WorldOfOverlay = typeof globalThis & {
  sideroomOverlay?: Overlay | null;
  /** It was there before the page was loaded anew: it comes back without taking the keyboard. */
  sideroomReturns?: boolean;
};
