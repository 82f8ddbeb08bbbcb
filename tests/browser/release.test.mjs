// What a press officer or a reader does with a statement.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Campaign, Preview, browser, open, statement } from './support.mjs';

let chromium;
let preview;

before(async () => {
  chromium = await browser();
  const campaign = new Campaign({
    'content/statements/vote.md': statement('The vote', 'We **vote** on Friday.\n\n- yes\n- no', 'dateline: Fontana\n'),
  });
  preview = await Preview.start(campaign, '--as-of', '2024-10-24T05:40');
});
after(async () => {
  await chromium.end();
  assert.equal(await preview.stop(), 0, 'the preview did not end well');
});

test('its text is copied whole, or said not to be', async () => {
  await chromium.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await open(chromium.context, new URL('/statements/vote/', preview.url).href);
  const button = page.getByRole('button', { name: 'Copy as text' });
  await button.click();
  await page.getByText('Copied', { exact: true }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    'United Nurses\n\nFOR IMMEDIATE RELEASE\n\n',
    'The vote\n========\n\nFontana, October 22, 2024 – We vote on Friday.\n\n- yes\n- no\n\n###\n',
    `${new URL('/statements/vote/', preview.url).href}\n`,
  ]) {
    assert.ok(copied.includes(part), copied);
  }
  await page.route('**/index.txt', (route) => route.abort());
  await button.click();
  await page.getByText('Copying failed. Open the plain text instead.').waitFor();
  await page.close();
});

test('without a script the text is a link, and no button is there', async () => {
  const context = await chromium.context.browser().newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL('/statements/vote/', preview.url).href);
  assert.equal(await page.getByRole('button', { name: 'Copy as text' }).count(), 0);
  await page.getByRole('link', { name: 'As plain text, for an e-mail' }).click();
  assert.match(await page.locator('body').innerText(), /FOR IMMEDIATE RELEASE/);
  await context.close();
});
