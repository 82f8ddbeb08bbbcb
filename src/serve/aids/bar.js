// What the bar does.

function start() {
  const { host, root, part } = build();
  let state = null;
  let isLost = false;
  /** What was told when somebody closed the list: it opens by itself only for something else. */
  let dismissed = memory.get('dismissed');
  let openedByItself = false;
  const dialog = part('told');
  const follow = part('follow').querySelector('input');

  const urgent = () => state.here.concat(state.elsewhere).filter((one) => one.urgent);
  const keyOf = (told) => told.map((one) => one.html).join('');

  function show(now) {
    const before = state;
    state = now;
    host.dataset.shown = state.shown;
    fill(part, state);
    fillTold(part, state);
    markLinks(state.unpublished);
    showUrgent();
    showNotes(before !== null && urgentIn(before) && !urgentIn(state) ? 'Mended.' : '');
  }

  const urgentIn = (one) => one.here.concat(one.elsewhere).some((told) => told.urgent);

  function showUrgent() {
    const told = urgent();
    if (told.length === 0) {
      dismissed = null;
      memory.set('dismissed', null);
      if (openedByItself) dialog.close();
    } else if (!dialog.open && keyOf(told) !== dismissed) {
      openedByItself = true;
      dialog.showModal();
    }
  }

  function showNotes(news) {
    const notes = [];
    if (isLost) {
      notes.push('The preview has stopped. Start it again, and this page goes on by itself.');
    } else if (state?.shown === 'missing' && own.shown !== 'missing') {
      notes.push(state.gone ?? 'There is no page at this address any more.');
    } else if (state?.shown === 'missing' && state.gone) {
      notes.push(state.gone);
    } else if (news) {
      notes.push(news);
    }
    part('notes').replaceChildren(
      ...notes.map((text) => {
        const note = document.createElement('p');
        note.textContent = text;
        return note;
      }),
    );
  }

  async function travel(to) {
    const { status, text } = await line.ask(`/_handbill/moment?${new URLSearchParams({ to })}`);
    part('wrong').textContent = status === 204 ? '' : text || 'The preview does not answer.';
  }

  function toggle(button, key, open) {
    button.setAttribute('aria-expanded', String(open));
    memory.set(key, open ? 'open' : null);
  }

  function openTravel(open) {
    part('travel').hidden = !open;
    toggle(part('when'), 'travel', open);
  }

  function openMore(open) {
    host.toggleAttribute('data-more', open);
    toggle(part('more'), 'more', open);
  }

  function fold(folded) {
    host.toggleAttribute('data-folded', folded);
    memory.set('folded', folded ? 'folded' : null);
    if (folded) openTravel(false);
  }

  part('count').onclick = () => {
    openedByItself = false;
    dialog.showModal();
  };
  part('close').onclick = () => dialog.close();
  dialog.onclose = () => {
    openedByItself = false;
    dismissed = keyOf(urgent());
    memory.set('dismissed', dismissed);
  };
  part('when').onclick = () => openTravel(part('travel').hidden);
  part('more').onclick = () => openMore(!host.hasAttribute('data-more'));
  part('fold').onclick = () => {
    fold(true);
    part('unfold').focus();
  };
  part('unfold').onclick = () => {
    fold(false);
    part('fold').focus();
  };
  part('travel').onsubmit = (event) => {
    event.preventDefault();
    travel(part('travel').querySelector('input').value);
  };
  part('next').onclick = () => travel(part('next').dataset.to);
  part('home').onclick = () => travel('');
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !dialog.open && !part('travel').hidden) {
      openTravel(false);
      part('when').focus();
    }
  });
  follow.checked = memory.get('follow') === 'on';
  follow.onchange = () => memory.set('follow', follow.checked ? 'on' : null);

  openTravel(memory.get('travel') === 'open');
  openMore(memory.get('more') === 'open');
  fold(memory.get('folded') === 'folded');
  rememberFocus(root);
  watch({
    show,
    lost(lost) {
      isLost = lost;
      host.toggleAttribute('data-lost', lost);
      showNotes('');
    },
    follows: () => follow.checked,
  });
}

/** Whoever works the bar with the keyboard stays where they were when the page is loaded again. */
function rememberFocus(root) {
  const wanted = memory.get('focus');
  memory.set('focus', null);
  if (wanted) root.querySelector(wanted)?.focus({ preventScroll: true });
  addEventListener('pagehide', () => {
    const active = root.activeElement;
    if (!reloads || !active) return;
    const named = active.className ? active : active.parentElement;
    memory.set('focus', `.${named.classList[0]}${named === active ? '' : ' input'}`);
  });
}

addEventListener('DOMContentLoaded', () => {
  comeBack();
  start();
});
