// The page on the screen: whether it is still what it should be, and what happens where it is not.

/** What the page was when it was sent: its digest, the version of the site, and how it came to be. */
const own = { ...document.currentScript.dataset };

/** What one tab remembers from page to page. A browser may forbid it; then nothing is remembered. */
const memory = {
  get(key) {
    try {
      return sessionStorage.getItem(`handbill-${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(`handbill-${key}`);
      else sessionStorage.setItem(`handbill-${key}`, value);
    } catch {
      // See above.
    }
  },
};

/** The line to the preview, through the worker. */
const line = (() => {
  const waiting = new Map();
  let asked = 0;
  const worker = 'SharedWorker' in window ? new SharedWorker(WORKER).port : new Worker(WORKER);
  /** The version that was heard last: it may be heard before anybody listens. */
  const connection = { version: undefined, onVersion: () => {}, ask };
  worker.onmessage = ({ data }) => {
    if ('version' in data) {
      connection.version = data.version;
      connection.onVersion(data.version);
    } else {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    }
  };
  addEventListener('pagehide', () => worker.postMessage({ leaves: true }));

  function ask(address) {
    asked += 1;
    const id = asked;
    return new Promise((answered) => {
      waiting.set(id, answered);
      worker.postMessage({ id, address });
    });
  }
  return connection;
})();

/** Watches over the page. `show` is told what the preview says about it, `lost` whether the preview answers at all. */
function watch({ show, lost, follows }) {
  let version = own.version;
  let busy = false;
  let again = false;

  line.onVersion = (now) => {
    lost(now === null);
    if (now !== null) check();
  };
  if (line.version !== undefined) line.onVersion(line.version);
  // A page that comes back from the browser's memory may have missed everything, and has left the line.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  async function check() {
    again = busy;
    if (busy) return;
    busy = true;
    do {
      again = false;
      await look();
    } while (again);
    busy = false;
  }

  async function look() {
    const query = new URLSearchParams({ page: location.pathname, since: version });
    const { status, text } = await line.ask(`/_handbill/state?${query}`);
    if (status === 404) reload(); // Something else stands at this address now, elsewhere.
    if (status !== 200) return;
    const state = JSON.parse(text);
    const missed = state.version !== version;
    version = state.version;
    const saved = state.saved?.address;
    if (follows() && saved && saved !== location.pathname) {
      location.assign(saved);
      return;
    }
    show(state);
    if (isStale(state, missed)) reload();
  }
}

/** Whether the page has to be loaded again; style sheets alone are exchanged in place. */
function isStale(state, missed) {
  const missing = state.shown === 'missing';
  // While something is broken, or the page is gone, what is on the screen is the best there is.
  if (state.shown !== 'fresh' && !(missing && own.shown === 'missing')) return false;
  if (state.digest !== own.digest) return true;
  if (missed && state.touched === null) return true;
  const touched = new Set(state.touched);
  const links = [...document.querySelectorAll('link[rel~="stylesheet" i]')];
  if (links.length !== state.styles.length) return true;
  const sheets = new Set(links.map((link) => new URL(link.href).pathname));
  const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
  if (loaded.some((path) => touched.has(path) && !sheets.has(path))) return true;
  links.forEach((link, index) => {
    const wanted = new URL(state.styles[index], location.href);
    const path = new URL(link.href).pathname;
    if (path !== wanted.pathname) exchange(link, wanted.href);
    else if (touched.has(path)) exchange(link, `${wanted.href}?${state.version}`);
  });
  return false;
}

/** Loads a style sheet beside the one that it replaces, which goes once the new one is there: nothing flashes. */
function exchange(link, href) {
  const next = link.cloneNode();
  next.href = href;
  next.onload = () => link.remove();
  next.onerror = () => next.remove();
  link.after(next);
}

/** Whether the page is on its way out to be loaded again. */
let reloads = false;

/** Loads the page again, and comes back to the same place in it. */
function reload() {
  reloads = true;
  memory.set('place', JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
  // Else the browser would come back to a place of its own choice, at a time of its own choice.
  history.scrollRestoration = 'manual';
  location.reload();
}

/** Goes to where the page was when it was loaded again. */
function comeBack() {
  const place = JSON.parse(memory.get('place'));
  memory.set('place', null);
  if (place?.page !== location.pathname) return;
  const go = () => scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
  go();
  const reached = scrollY;
  // Pictures without a size make a page longer once they are there; whoever scrolls meanwhile is not called back.
  addEventListener('load', () => {
    if (scrollY === reached) go();
    history.scrollRestoration = 'auto';
  });
}
