/** What a person does in the gallery before its picture is taken, in order. */
export type Steps = readonly (() => Promise<void>)[];

export function click(selector: string): Steps[number] {
  return async () => (await find<HTMLElement>(selector)).click();
}

/** Takes an entry of the open menu by its words. */
export function take(entry: string): Steps[number] {
  return async () => {
    await find('.menu [role=menuitem]');
    const entries = [...document.querySelectorAll<HTMLElement>('.menu [role=menuitem]')];
    const wanted = entries.find(({ textContent }) => textContent.trim() === entry);
    if (wanted === undefined) throw new Error(`no “${entry}” in the menu`);
    wanted.click();
  };
}

export function focus(selector: string): Steps[number] {
  return async () => (await find<HTMLElement>(selector)).focus();
}

export function fill(selector: string, text: string): Steps[number] {
  return async () => {
    const field = await find<HTMLInputElement | HTMLTextAreaElement>(selector);
    field.focus();
    field.value = text;
    // An e-mail field knows no caret.
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(text.length, text.length);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
}

/** Gives the profile form a picture, as the file dialog would. */
export function choosePicture(): Steps[number] {
  return async () => {
    const input = await find<HTMLInputElement>('[type=file]');
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    const sky = context.createLinearGradient(0, 0, 900, 600);
    sky.addColorStop(0, '#f4c38b');
    sky.addColorStop(1, '#35607d');
    context.fillStyle = sky;
    context.fillRect(0, 0, 900, 600);
    context.fillStyle = '#283a44';
    context.arc(450, 330, 140, 0, Math.PI * 2);
    context.fill();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const files = new DataTransfer();
    if (blob !== null) files.items.add(new File([blob], 'me.png', { type: 'image/png' }));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await find('.crop-stage');
  };
}

/** Waits until this is on screen. */
export function see(selector: string): Steps[number] {
  return async () => void (await find(selector));
}

/** The first match, as soon as there is one. */
export async function find<E extends Element>(selector: string): Promise<E> {
  for (let tries = 0; tries < 200; tries++) {
    const found = document.querySelector<E>(selector);
    if (found !== null) return found;
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`The gallery finds no ${selector}`);
}
