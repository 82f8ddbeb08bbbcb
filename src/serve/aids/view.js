// What the bar looks like: its parts, and how they show what the preview says.

const MARKUP = `
<div class="notes" role="status"></div>
<form class="travel" id="travel" hidden>
  <h2>See the site as of another moment</h2>
  <p class="field">
    <label for="moment">Date and time <span class="zone"></span></label>
    <input id="moment" type="datetime-local" required>
  </p>
  <p class="buttons">
    <button class="go" type="submit">Show</button>
    <button class="next" type="button" hidden></button>
    <button class="home" type="button" hidden></button>
  </p>
  <p class="wrong" role="alert"></p>
</form>
<section class="bar" aria-label="Handbill preview">
  <p class="name">Preview</p>
  <ul class="marks" aria-label="State of this page"></ul>
  <p class="source"></p>
  <button class="count" type="button" aria-haspopup="dialog"></button>
  <label class="follow"><input type="checkbox" role="switch"><span class="track"></span>Jump to what I just saved</label>
  <button class="when" type="button" aria-expanded="false" aria-controls="travel"></button>
  <button class="more" type="button" aria-expanded="false">More</button>
  <button class="fold" type="button">Hide</button>
</section>
<button class="unfold" type="button">Preview</button>
<dialog class="told" aria-labelledby="told">
  <div class="head">
    <h2 id="told"></h2>
    <button class="close" type="button">Close</button>
  </div>
  <p class="kept" hidden>Behind this is the page as it was when it could last be made.</p>
  <div class="here"></div>
  <div class="elsewhere"></div>
</dialog>`;

/** The bar, in a shadow of its own, where no style of the page reaches it. */
function build() {
  const host = document.createElement('handbill-preview');
  host.lang = 'en';
  host.dir = 'ltr';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet(STYLE)];
  root.innerHTML = MARKUP;
  // Not in the body: how a theme lays out its body's children is no concern of the bar.
  document.documentElement.append(host);
  makeRoom(root);
  return { host, root, part: (name) => root.querySelector(`.${name}`) };
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

/** Lets the page end above the bar, so that nothing of it, and nothing that has the focus, stays behind it. */
function makeRoom(root) {
  const room = sheet('');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
  const bar = root.querySelector('.bar');
  new ResizeObserver(() => {
    const height = Math.ceil(bar.getBoundingClientRect().height);
    // What stands above the bar.
    root.host.style.setProperty('--above', `${height}px`);
    room.replaceSync(
      `@media screen { html { padding-block-end: ${height}px !important; scroll-padding-block-end: ${height}px; } }`,
    );
  }).observe(bar);
}

function counted(number, word) {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** “2 errors, 1 warning”; nothing where there are none. */
function summary(errors, warnings) {
  const parts = [];
  if (errors > 0) parts.push(counted(errors, 'error'));
  if (warnings > 0) parts.push(counted(warnings, 'warning'));
  return parts.join(', ');
}

function count(told) {
  const errors = told.filter((one) => one.error).length;
  return [errors, told.length - errors];
}

/** Fills the bar. */
function fill(part, state) {
  part('marks').replaceChildren(
    ...state.marks.map(({ kind, text }) => {
      const mark = document.createElement('li');
      mark.className = kind;
      mark.textContent = text;
      return mark;
    }),
  );
  part('source').textContent = state.source ?? 'Made of several files';
  part('source').title = state.source ?? '';
  fillCount(part('count'), state);
  fillTravel(part, state.moment);
}

function fillCount(button, state) {
  const here = summary(...count(state.here));
  const elsewhere = summary(...state.elsewhere_count);
  button.replaceChildren();
  const add = (className, text) => {
    const span = document.createElement('span');
    span.className = className;
    span.textContent = text;
    button.append(span);
  };
  const worst = ([errors, warnings]) => (errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'fine');
  if (here || !elsewhere) add(worst(count(state.here)), here ? `${here} here` : 'No findings');
  if (elsewhere) add(worst(state.elsewhere_count), `${elsewhere} elsewhere`);
  button.disabled = !here && !elsewhere;
}

function fillTravel(part, moment) {
  const when = part('when');
  when.textContent = moment.travelled || moment.home !== 'now' ? `As of ${moment.text}` : 'As of now';
  when.classList.toggle('travelled', moment.travelled);
  part('zone').textContent = `in ${moment.zone}`;
  const field = part('travel').querySelector('input');
  if (field.getRootNode().activeElement !== field) field.value = moment.field;
  const home = part('home');
  home.hidden = !moment.travelled;
  home.textContent = `Back to ${moment.home}`;
  const next = part('next');
  next.hidden = moment.next === null;
  if (moment.next) {
    next.dataset.to = moment.next[0];
    next.textContent = `Next change: ${moment.next[1]}`;
  }
}

/** Fills the list of findings. */
function fillTold(part, state) {
  const [errors, warnings] = [...state.here, ...state.elsewhere].reduce(
    ([errors, warnings], one) => (one.error ? [errors + 1, warnings] : [errors, warnings + 1]),
    [0, 0],
  );
  const all = summary(errors, warnings);
  const stops = errors === 1 ? 'stops' : 'stop';
  part('told').querySelector('h2').textContent =
    errors > 0 ? `${counted(errors, 'error')} ${stops} publishing` : all || 'No findings';
  part('kept').hidden = state.shown !== 'kept';
  const list = (name, heading, told) => {
    part(name).innerHTML = told.map((one) => one.html).join('');
    if (told.length > 0) {
      const title = document.createElement('p');
      title.className = 'group';
      title.textContent = heading;
      part(name).prepend(title);
    }
  };
  list('here', 'On this page', state.here);
  list('elsewhere', 'Elsewhere in the site', state.elsewhere);
}

/** Marks links to what will not be published: in a list, a draft looks like everything else. */
function markLinks(unpublished) {
  for (const old of document.querySelectorAll('handbill-mark')) old.remove();
  const marks = new Map(unpublished);
  if (marks.size === 0) return;
  for (const link of document.body.querySelectorAll('a[href]')) {
    const text = link.origin === location.origin ? marks.get(link.pathname) : undefined;
    if (text === undefined || link.pathname === location.pathname) continue;
    const mark = document.createElement('handbill-mark');
    const root = mark.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [MARK];
    root.textContent = text;
    link.append(mark);
  }
}

const MARK = sheet(`
  :host { all: initial !important; display: inline-block !important; margin-inline-start: 0.5em !important;
    padding: 0.1em 0.5em !important; border-radius: 0.3em !important; background: #ffd27a !important;
    color: #2b1c00 !important; font: 600 12px/1.5 system-ui, sans-serif !important; vertical-align: middle !important; }
  @media print { :host { display: none !important; } }
`);
