// The line to the preview. All tabs share one where the browser can (a SharedWorker): browsers open six connections to a
// server at most, and a tab that waits for one shows nothing. It is a worker because a worker has the policy that it is
// sent with; the page's own policy allows no connections, and stays as the theme wrote it.
'use strict';
(() => {
  const tabs = new Set();
  let version = null;

  function tellAll(message) {
    for (const tab of tabs) tab.postMessage(message);
  }

  // A browser gives up a stream for good when the answer is no stream, as while the preview starts again.
  function listen() {
    const stream = new EventSource('/_handbill/events');
    stream.onmessage = (event) => {
      version = event.data;
      tellAll({ version });
    };
    stream.onerror = () => {
      if (version !== null) {
        version = null;
        tellAll({ version });
      }
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 500);
    };
  }

  async function fetchFor(tab, { id, address }) {
    try {
      const response = await fetch(address, { headers: { 'X-Handbill': 'bar' }, cache: 'no-store' });
      tab.postMessage({ id, status: response.status, text: await response.text() });
    } catch {
      tab.postMessage({ id, status: 0, text: '' });
    }
  }

  function join(tab) {
    tabs.add(tab);
    tab.onmessage = ({ data }) => {
      if (data.leaves) tabs.delete(tab);
      else fetchFor(tab, data);
    };
    if (version !== null) tab.postMessage({ version });
  }

  if ('onconnect' in self) self.onconnect = (event) => join(event.ports[0]);
  else join(self);
  listen();
})();
