/** Gives a file to the browser to be saved. Without its type: whatever the browser would like to do with such a file, it only saves it. */
export function saveFile(bytes: BlobPart, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
