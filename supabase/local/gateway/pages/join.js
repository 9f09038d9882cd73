// The token stays in the fragment, which no server sees.
const token = location.hash.slice(1);
const here = document.getElementById('here');
if (/^[A-Za-z0-9_-]{22,64}$/.test(token) && here instanceof HTMLAnchorElement) {
  here.href = `/app/#invite:${token}`;
  here.hidden = false;
}
