/**
 * The contract between the background and the content scripts that hold the overlay's frame (isolated world, so no page can speak
 * it). Both sides check the shape of what arrives.
 */
export type FromOverlay =
  /** A frame is about to be made: asks for its pass and width. */
  | { readonly type: 'overlay-mount' }
  /** The page's own modal dialog or full screen would make the overlay inert or hide it. */
  | { readonly type: 'overlay-blocked' }
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
  | { readonly type: 'overlay-width'; readonly width: number }
  /** Out of sight while a picture of the page is taken; answered when that is painted. */
  | { readonly type: 'overlay-veil'; readonly on: boolean };
