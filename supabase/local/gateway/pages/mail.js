// The development inbox: copies a code at a click, and looks for new mail while somebody looks at the page.
const list = document.querySelector('#mails');

list.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-code]');
  if (button === null) return;
  await navigator.clipboard.writeText(button.dataset.code);
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 1500);
});

async function look() {
  const response = await fetch('/mail').catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.querySelector('#mails');
  if (fresh.dataset.newest === list.dataset.newest) return;
  list.dataset.newest = fresh.dataset.newest;
  list.replaceChildren(...fresh.childNodes);
}

setInterval(() => {
  if (document.visibilityState === 'visible') void look();
}, 1500);
document.addEventListener('visibilitychange', () => void look());
