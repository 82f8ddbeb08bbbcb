// What a press officer sees who keeps the preview open beside her editor.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { createServer } from 'node:http';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { Campaign, LONG, Preview, browser, isFirstLoad, open, statement } from './support.mjs';

let chromium;
let campaign;
let preview;

before(async () => (chromium = await browser()));
after(() => chromium.end());
beforeEach(async () => {
  campaign = new Campaign({
    'content/statements/day-4.md': statement('Day 4', 'Secret until six.', 'publish: 2024-10-24 18:00\n'),
    'content/statements/draft.md': statement('Unfinished', 'Not yet.', 'draft: true\n'),
    'static/picture.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  });
  preview = await Preview.start(campaign, '--as-of', '2024-10-24T05:40');
});
afterEach(async () => {
  for (const page of chromium.context.pages().slice(1)) await page.close();
  assert.equal(await preview.stop(), 0, 'the preview did not end well');
});

const tab = (path) => open(chromium.context, new URL(path, preview.url).href);
const bar = (page, part) => page.locator(`handbill-preview ${part}`);

test('what is typed is on the screen, at the same place of the page', async () => {
  const page = await tab('/statements/day-2/');
  await page.evaluate(() => scrollTo(0, 900));
  // As an editor saves by itself while somebody types.
  let typed = '';
  for (const word of ['And', 'one', 'more.']) {
    typed = `${typed} ${word}`.trim();
    campaign.put('content/statements/day-2.md', statement('Day 2', `${LONG}\n\n${typed}`));
    await page.getByText(typed, { exact: true }).waitFor();
    await page.waitForFunction(() => document.readyState === 'complete' && scrollY === 900);
  }
});

test('a page that does not change is not loaded again', async () => {
  const [page, other] = [await tab('/statements/day-2/'), await tab('/statements/day-3/')];
  campaign.put('content/statements/day-3.md', statement('Day 3', 'The lines hold, and grow.'));
  await other.getByText('The lines hold, and grow.').waitFor();
  assert.equal(await isFirstLoad(other), false);
  assert.equal(await isFirstLoad(page), true);
});

test('a mistake is shown over the page with its line and its cure, and goes when it is mended', async () => {
  const page = await tab('/statements/day-3/');
  const broken = statement('Day 3', 'The lines hold.', 'sumary: <img src=x onerror=alert(1)>\n');
  campaign.put('content/statements/day-3.md', broken);
  const dialog = bar(page, 'dialog');
  await dialog.waitFor();
  assert.match(await dialog.locator('h2').innerText(), /1 error stops publishing/);
  assert.equal(await dialog.locator('.place').innerText(), 'content/statements/day-3.md:4:1');
  assert.equal(await dialog.locator('mark').innerText(), 'sumary');
  assert.match(await dialog.locator('.cure').innerText(), /summary/);
  assert.equal(await dialog.locator('img').count(), 0, 'what content says became markup');
  campaign.put('content/statements/day-3.md', statement('Day 3', 'The lines hold.', 'summary: All hold.\n'));
  await dialog.waitFor({ state: 'hidden' });
  await bar(page, '.count').getByText('No findings').waitFor();
});

test('a file that cannot be read at all leaves the last good page on the screen', async () => {
  const page = await tab('/statements/day-3/');
  campaign.put('content/statements/day-3.md', '---\ntitle: Day 3\ndate: 2024-10-22\n\nThe lines hold.\n');
  await bar(page, 'dialog').waitFor();
  assert.equal(await page.getByText('The lines hold.').count(), 1);
  assert.equal((await page.reload()).status(), 200);
  await bar(page, 'dialog').waitFor();
  assert.equal(await page.getByText('The lines hold.').count(), 1);
  assert.ok(await bar(page, '.kept').isVisible());
});

test('a template that breaks and is mended', async () => {
  const template = (text) => `{% extends "base.html" %}{% block main %}${text}{% endblock main %}`;
  const path = 'themes/picket/templates/statement.html';
  const page = await tab('/statements/day-3/');
  campaign.put(path, template('{{ page.titel }}'));
  await bar(page, 'dialog').waitFor();
  assert.match(await bar(page, 'dialog .place').first().innerText(), /statement\.html:1:/);
  campaign.put(path, template('Mended: {{ page.title }}'));
  await page.getByText('Mended: Day 3').waitFor();
  await bar(page, 'dialog').waitFor({ state: 'hidden' });
});

test('a style sheet is exchanged without loading the page again', async () => {
  const page = await tab('/statements/day-3/');
  campaign.put('themes/picket/static/style.css', 'body { background-color: rgb(1, 2, 3) }\n');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)');
  campaign.put('themes/picket/static/style.css', 'body { background-color: rgb(4, 5, 6) }\n');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(4, 5, 6)');
  assert.equal(await isFirstLoad(page), true);
  assert.equal(await page.locator('link[rel=stylesheet]').count(), 1);
});

test('a page whose file is deleted says so, and is missing when it is loaded again', async () => {
  const page = await tab('/statements/day-3/');
  campaign.remove('content/statements/day-3.md');
  await bar(page, '.notes').getByText('content/statements/day-3.md is gone').waitFor();
  assert.equal(await isFirstLoad(page), true);
  assert.equal((await page.reload()).status(), 404);
  campaign.put('content/statements/day-3.md', statement('Day 3', 'The lines hold again.'));
  await page.getByText('The lines hold again.').waitFor();
});

test('time travel past an embargo, and back', async () => {
  const page = await tab('/statements/day-4/');
  assert.match(await bar(page, '.marks').innerText(), /Embargoed until Thu 24 Oct 2024, 18:00 PDT/);
  await bar(page, '.when').click();
  await bar(page, '#moment').fill('2024-10-24T18:01');
  await bar(page, '.go').click();
  await bar(page, '.marks').getByText('Public').waitFor();
  assert.match(await bar(page, '.when').innerText(), /As of Thu 24 Oct 2024, 18:01 PDT/);
  await bar(page, '.home').click();
  await bar(page, '.marks').getByText('Embargoed').waitFor();
});

test('a page that expires says when, and when that is over', async () => {
  campaign.put('content/flyer.md', '---\ntitle: Flyer\nexpires: 2024-10-25 12:00\n---\n\nCome today.\n');
  const page = await tab('/flyer/');
  await bar(page, '.marks .published').getByText('Public').waitFor();
  assert.equal(await bar(page, '.marks .expires').innerText(), 'Expires Fri 25 Oct 2024, 12:00 PDT');
  await bar(page, '.when').click();
  await bar(page, '.next').waitFor();
  await bar(page, '#moment').fill('2024-10-26T09:00');
  await bar(page, '.go').click();
  await bar(page, '.marks').getByText('Expired Fri 25 Oct 2024, 12:00 PDT').waitFor();
  assert.equal(await bar(page, '.marks .published').count(), 0);
});

test('all tabs travel, and the next change is one click away', async () => {
  const [page, other] = [await tab('/statements/day-4/'), await tab('/statements/day-4/')];
  await bar(page, '.when').click();
  assert.match(await bar(page, '.next').innerText(), /Next change: Thu 24 Oct 2024, 18:00 PDT/);
  await bar(page, '.next').click();
  for (const one of [page, other]) await bar(one, '.marks').getByText('Public').waitFor();
});

test('a moment that is none is told, and nothing travels', async () => {
  const page = await tab('/statements/day-4/');
  await bar(page, '.when').click();
  await bar(page, '#moment').evaluate((field) => (field.value = '12024-10-24T18:01'));
  await bar(page, '.go').click();
  await bar(page, '.wrong').getByText('12024-10-24T18:01').waitFor();
  assert.match(await bar(page, '.when').innerText(), /As of Thu 24 Oct 2024, 05:40 PDT/);
});

test('the count opens what there is to tell, and it does not come up by itself', async () => {
  const page = await tab('/statements/day-3/');
  const loose = statement('Day 3', 'See [click here](https://union.example/).');
  campaign.put('content/statements/day-3.md', loose);
  await bar(page, '.count').getByText('1 warning here').waitFor();
  const dialog = bar(page, 'dialog');
  assert.equal(await dialog.isVisible(), false, 'a warning is no reason to stand in the way');
  await bar(page, '.count').click();
  assert.match(await dialog.locator('.finding h3').innerText(), /“click here” does not say where this link leads/);
  assert.equal(await dialog.locator('.place').innerText(), 'content/statements/day-3.md:6:5');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  // A mistake elsewhere, seen from a page that is as it should be.
  await page.goto(new URL('/statements/day-2/', preview.url).href);
  await bar(page, '.count').getByText('1 warning elsewhere').waitFor();
});

test('drafts are marked, and so are links to them', async () => {
  const page = await tab('/statements/draft/');
  await bar(page, '.marks').getByText('Draft').waitFor();
  assert.equal(await bar(page, '.source').innerText(), 'content/statements/draft.md');
  await page.goto(new URL('/statements/', preview.url).href);
  await page.locator('a[href="/statements/draft/"] handbill-mark').first().waitFor();
  assert.equal(await page.locator('a[href="/statements/day-3/"] handbill-mark').count(), 0);
});

test('a tab with the switch on goes to what was just saved, and others stay', async () => {
  const [page, other] = [await tab('/'), await tab('/statements/day-2/')];
  await bar(page, '.follow').click();
  campaign.put('content/statements/day-3.md', statement('Day 3', 'Saved just now.'));
  await page.waitForURL('**/statements/day-3/');
  await page.getByText('Saved just now.').waitFor();
  campaign.put('content/statements/new.md', statement('Brand new', 'Never seen before.'));
  await page.waitForURL('**/statements/new/');
  assert.equal(new URL(other.url()).pathname, '/statements/day-2/');
});

test('files of the site that keep their names are shown anew: style sheets in place, others with the page', async () => {
  const main = '<link rel="stylesheet" href="/extra.css"><img src="/dot.svg" alt="">';
  const template = `{% extends "base.html" %}{% block main %}${main}{% endblock main %}`;
  const dot = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="9"/>`;
  campaign.put('themes/picket/templates/page.html', template);
  campaign.put('static/extra.css', 'body { background-color: rgb(1, 2, 3) }\n');
  campaign.put('static/dot.svg', dot(7));
  campaign.put('content/about.md', '---\ntitle: About\n---\n\nUs.\n');
  await new Promise((done) => setTimeout(done, 500));
  const page = await tab('/about/');
  const background = (colour) =>
    page.waitForFunction((wanted) => getComputedStyle(document.body).backgroundColor === wanted, colour);
  await background('rgb(1, 2, 3)');
  campaign.put('static/extra.css', 'body { background-color: rgb(4, 5, 6) }\n');
  await background('rgb(4, 5, 6)');
  assert.equal(await isFirstLoad(page), true);
  campaign.put('static/dot.svg', dot(23));
  await page.waitForFunction(() => document.querySelector('img[src="/dot.svg"]')?.naturalWidth === 23);
  assert.equal(await isFirstLoad(page), false);
});

test('two tabs of one page both change', async () => {
  const tabs = [await tab('/statements/day-3/'), await tab('/statements/day-3/')];
  campaign.put('content/statements/day-3.md', statement('Day 3', 'Both see this.'));
  for (const page of tabs) await page.getByText('Both see this.').waitFor();
});

test('a preview that was killed and started again is found by its tabs', async () => {
  const page = await tab('/statements/day-3/');
  await preview.restart(async () => {
    await bar(page, '.notes').getByText('The preview has stopped').waitFor();
    campaign.put('content/statements/day-3.md', statement('Day 3', 'Written while it was away.'));
  });
  await page.getByText('Written while it was away.').waitFor();
  campaign.put('content/statements/day-3.md', statement('Day 3', 'And after that.'));
  await page.getByText('And after that.').waitFor();
});

test('campaign.yaml deleted and restored', async () => {
  const page = await tab('/');
  campaign.remove('content/campaign.yaml');
  await bar(page, 'dialog').waitFor();
  assert.match(await bar(page, 'dialog').innerText(), /campaign\.yaml/);
  campaign.put(
    'content/campaign.yaml',
    'title: Restored\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\nunion: { name: United Nurses }\n',
  );
  await bar(page, 'dialog').waitFor({ state: 'hidden' });
  await page.getByText('Restored').first().waitFor();
});

test("the theme's own policy still holds in the preview", async () => {
  campaign.put(
    'themes/picket/templates/page.html',
    '{% extends "base.html" %}{% block main %}<script>window.inline = true</script><p>Tried</p>{% endblock main %}',
  );
  campaign.put('content/about.md', '---\ntitle: About\n---\n\nUs.\n');
  await new Promise((done) => setTimeout(done, 500));
  const page = await tab('/about/');
  await page.getByText('Tried').waitFor();
  assert.equal(await page.evaluate(() => 'inline' in window), false);
});

test("another site's page gets nothing of the preview", async () => {
  const foreign = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>Foreign</title>'));
  await new Promise((listening) => foreign.listen(0, '127.0.0.1', listening));
  const page = await chromium.context.newPage();
  await page.goto(`http://127.0.0.1:${foreign.address().port}/`);
  const got = await page.evaluate(async (url) => {
    const loads = (name, address) =>
      new Promise((done) => {
        const element = document.createElement(name);
        element.onload = () => done('loaded');
        element.onerror = () => done('refused');
        element.src = new URL(address, url).href;
        document.head.append(element);
      });
    const fetched = (address) => fetch(new URL(address, url)).then((answer) => answer.status, () => 'refused');
    const stream = new EventSource(new URL('/_handbill/events', url));
    const heard = new Promise((done) => {
      stream.onopen = () => done('open');
      stream.onerror = () => done('refused');
    });
    return {
      stream: await heard,
      script: await loads('script', '/_handbill/bar.js'),
      picture: await loads('img', '/picture.svg'),
      page: await fetched('/statements/draft/'),
      state: await fetched('/_handbill/state?page=/'),
    };
  }, preview.url);
  foreign.close();
  for (const [what, came] of Object.entries(got)) assert.equal(came, 'refused', what);
  // All of that is there for whoever is no foreign page.
  for (const address of ['/_handbill/bar.js', '/picture.svg', '/statements/draft/', '/_handbill/state?page=/']) {
    assert.equal((await page.request.get(new URL(address, preview.url).href)).status(), 200, address);
  }
});

test('the bar is for the keyboard, and not for paper', async () => {
  const page = await tab('/statements/day-3/');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('handbill-preview').isVisible(), false);
  await page.emulateMedia({ media: 'screen' });
  await bar(page, '.when').focus();
  await page.keyboard.press('Enter');
  assert.ok(await bar(page, '.travel').isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await bar(page, '.travel').isVisible(), false);
  await bar(page, '.fold').focus();
  await page.keyboard.press('Enter');
  assert.equal(await bar(page, '.bar').isVisible(), false);
  await page.keyboard.press('Enter');
  assert.ok(await bar(page, '.bar').isVisible());
});

for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']]) {
  test(`bar and overlay can be used by everybody: ${width} pixels, ${colorScheme}`, async () => {
    const page = await tab('/statements/day-4/');
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    // The whole page: what the bar adds must not spoil it either, as a second banner would.
    const violations = async () => {
      const found = await page.evaluate(() => window.axe.run());
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    };
    if (width < 720) await bar(page, '.more').click();
    await bar(page, '.when').click();
    assert.deepEqual(await violations(), [], 'the bar');
    const box = await bar(page, '.bar').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.height < 260, 'the bar does not fit');
    campaign.put('content/statements/day-3.md', statement('Day 3', 'See [[nobody]].', 'sumary: Words\n'));
    await bar(page, 'dialog').waitFor();
    assert.deepEqual(await violations(), [], 'the overlay');
  });
}

test('a phone on the network: in by the printed address, then at home', async () => {
  await preview.stop();
  campaign = new Campaign();
  preview = await Preview.start(campaign, '--lan=127.0.0.2');
  const link = await preview.says(/until you end it: (http:\S+)/);
  const page = await chromium.context.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  assert.equal((await page.goto(new URL('/', link).href)).status(), 403);
  await page.goto(link);
  assert.equal(page.url(), new URL('/', link).href, 'the token stayed in the address');
  await bar(page, '.count span').first().waitFor();
  await page.locator('a[href="/statements/day-3/"]').first().click();
  await page.getByText('The lines hold.').waitFor();
  assert.equal(new URL(page.url()).host, new URL(link).host);
  campaign.put('content/statements/day-3.md', statement('Day 3', 'Seen on the phone.'));
  await page.getByText('Seen on the phone.').waitFor();
  await bar(page, '.more').click();
  await bar(page, '.when').click();
  await bar(page, '#moment').fill('2024-10-24T18:01');
  await bar(page, '.go').click();
  await bar(page, '.when').getByText('As of Thu 24 Oct 2024, 18:01 PDT').waitFor();
  await chromium.context.clearCookies();
  assert.equal((await page.reload()).status(), 403);
});
