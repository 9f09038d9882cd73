/** A picture as the avatars bucket would give it: drawn here, so that the gallery loads nothing. */
export const FACE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#c9d8c5"/><circle cx="32" cy="27" r="13" fill="#7a5a48"/><path d="M6 66c3-17 13-23 26-23s23 6 26 23z" fill="#3f5d54"/></svg>',
)}`;
