// What a press officer sees who keeps the preview open beside her editor.
import assert from 'node:assert/strict';
import axe from 'axe-core';
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
  });
  preview = await Preview.start(campaign, '--as-of', '2024-10-24T05:40');
});
afterEach(async () => {
  for (const page of chromium.context.pages().slice(1)) await page.close();
  assert.equal(await preview.stop(), 0, 'the preview did not end well');
});

const tab = (path) => open(chromium.context, new URL(path, preview.url).href);
const bar = (page, part) => page.locator(`handbill-preview ${part}`);

test('what is saved is on the screen, at the same place of the page', async () => {
  const page = await tab('/statements/day-2/');
  await page.evaluate(() => scrollTo(0, 900));
  campaign.put('content/statements/day-2.md', statement('Day 2', `${LONG}\n\nAnd one more.`));
  await page.getByText('And one more.').waitFor();
  await page.waitForFunction(() => document.readyState === 'complete' && scrollY === 900);
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
    const violations = async () => {
      const found = await page.evaluate(() => window.axe.run('handbill-preview'));
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
