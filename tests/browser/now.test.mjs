// What holds at the moment of reading: the theme's script, by clocks that are set to other moments than that of the build.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Campaign, browser, published } from './support.mjs';

const LOCAL = 'America/Los_Angeles';
let chromium;
let campaign;
let site;

before(async () => {
  chromium = await browser();
  campaign = new Campaign({
    'content/campaign.yaml': `title: Care can't wait
base_url: https://union.example/
time_zone: ${LOCAL}
union: { name: United Nurses, short: UN }
phases: [ { phase: strike, from: 2024-10-21 06:00 } ]
`,
    'content/locations/fontana.md': `---
name: Fontana
city: Fontana
coordinates: 34.0726, -117.4343
shifts:
  - { days: 2024-10-24 to 2024-10-26, hours: 6am-2pm }
changes:
  - { date: 2024-10-25, status: cancelled, note: Smoke }
---
`,
    'content/locations/reno.md': `---
name: Reno
city: Reno
coordinates: 39.5296, -119.8138
shifts: [ { days: 2024-10-26, hours: 8am-noon } ]
---
`,
    'content/timelines/strike.md': `---
title: The strike
events:
  - { date: 2024-10-21, title: The strike begins }
  - { date: 2024-10-27, title: The vote closes }
---
`,
  });
  site = await published(campaign.root, '2024-10-24T05:40');
});
after(async () => {
  site.end();
  campaign.end();
  await chromium.end();
});

/** A page as it is read at a moment, by somebody whose device shows a zone. */
async function read(path, moment, { timezoneId = LOCAL, javaScriptEnabled = true } = {}) {
  const context = await chromium.context.browser().newContext({ timezoneId, javaScriptEnabled });
  const page = await context.newPage();
  if (javaScriptEnabled) await page.clock.setFixedTime(new Date(moment));
  await page.goto(`${site.url}${path}`);
  return page;
}

const done = (page) => page.context().close();
const texts = async (page, selector) =>
  (await page.locator(selector).filter({ visible: true }).allInnerTexts()).map((text) => text.trim());

test('a line is next, then now, then over, and the next day comes up', async () => {
  const cases = [
    ['2024-10-24T05:40:00-07:00', 'Today', 'Oct 24', { now: false }],
    ['2024-10-24T06:00:00-07:00', 'Today', 'Oct 24', { now: true }],
    ['2024-10-24T13:59:59-07:00', 'Today', 'Oct 24', { now: true }],
    // Friday’s shift is struck, but told until it would have been over.
    ['2024-10-24T14:00:00-07:00', 'Next', 'Oct 25', { now: false }],
    ['2024-10-25T07:00:00-07:00', 'Today', 'Oct 25', { now: false }],
    ['2024-10-25T14:00:00-07:00', 'Next', 'Oct 26', { now: false }],
    ['2024-10-26T09:00:00-07:00', 'Today', 'Oct 26', { now: true }],
  ];
  for (const [moment, word, day, { now }] of cases) {
    const page = await read('/locations/fontana/', moment);
    const shown = page.locator('.spot-hours .day-of').filter({ visible: true });
    assert.equal(await shown.count(), 1, moment);
    assert.equal(await shown.locator('.day').innerText(), word, moment);
    const iso = await shown.locator('time').first().getAttribute('datetime');
    assert.equal(iso, `2024-10-${day.split(' ')[1]}`, moment);
    assert.equal((await texts(page, '.spot-hours .now')).length > 0, now, moment);
    await done(page);
  }
});

test('the home page shows the day that is not over, and what is on in it', async () => {
  const morning = await read('/', '2024-10-24T07:00:00-07:00');
  assert.deepEqual(await texts(morning, '.board .now'), ['Now']);
  assert.match((await texts(morning, '.board-day'))[0], /^Today/);
  await done(morning);
  const saturday = await read('/', '2024-10-26T13:00:00-07:00');
  // The page knows of two days. The last of them is over, and is not called today.
  assert.match((await texts(saturday, '.board-day'))[0], /^Friday, Oct 25/);
  assert.deepEqual(await texts(saturday, '.board .now'), []);
  await done(saturday);
});

test('the table of all places begins with the day of the reader, until its week is past', async () => {
  const columns = (page) => texts(page, '.week thead [data-date]');
  const saturday = await read('/locations/', '2024-10-26T07:00:00-07:00');
  assert.deepEqual((await columns(saturday)).map((text) => text.split(/\s/)[0]), ['Today']);
  assert.deepEqual(await texts(saturday, '.week tbody th a'), ['Fontana', 'Reno']);
  await saturday.getByLabel('Tomorrow').check();
  assert.deepEqual(await texts(saturday, '.week tbody th a'), []);
  await done(saturday);
  const late = await read('/locations/', '2024-12-24T07:00:00-08:00');
  assert.equal((await columns(late)).length, 1, 'an old page shows what it was built with');
  assert.deepEqual(await texts(late, '.week tbody th a'), ['Fontana']);
  assert.doesNotMatch((await columns(late))[0], /Today/);
  await done(late);
});

test('days are counted by the clock of the place', async () => {
  const cases = [
    ['2024-10-24T05:40:00-07:00', 'Strike day 4', 'in 3 days'],
    ['2024-10-24T23:59:00-07:00', 'Strike day 4', 'in 3 days'],
    ['2024-10-25T00:00:00-07:00', 'Strike day 5', 'in 2 days'],
    ['2024-10-27T12:00:00-07:00', 'Strike day 7', 'today'],
    // So old a page may not know of a settlement.
    ['2024-11-24T12:00:00-08:00', 'Strike day 4', 'in 3 days'],
  ];
  for (const timezoneId of [LOCAL, 'Pacific/Auckland']) {
    for (const [moment, day, ago] of cases) {
      const page = await read('/', moment, { timezoneId });
      assert.deepEqual(await texts(page, '.phase'), [day], `${moment} in ${timezoneId}`);
      assert.deepEqual(await texts(page, '.deadlines .ago'), [ago], `${moment} in ${timezoneId}`);
      await done(page);
    }
  }
});

test('who is in another zone is told so', async () => {
  for (const [timezoneId, told] of [[LOCAL, 0], ['America/Vancouver', 0], ['America/New_York', 1]]) {
    const page = await read('/locations/fontana/', '2024-10-24T07:00:00-07:00', { timezoneId });
    assert.equal((await texts(page, '.spot-hours .elsewhere')).length, told, timezoneId);
    await done(page);
  }
});

test('a page that stays open goes on with the clock', async () => {
  const context = await chromium.context.browser().newContext({ timezoneId: LOCAL });
  const page = await context.newPage();
  await page.clock.install({ time: new Date('2024-10-24T05:59:00-07:00') });
  await page.goto(`${site.url}/locations/fontana/`);
  assert.deepEqual(await texts(page, '.spot-hours .now'), []);
  await page.clock.fastForward('02:00');
  assert.deepEqual(await texts(page, '.spot-hours .now'), ['Now']);
  await context.close();
});

test('without the script a page holds as of its build', async () => {
  const page = await read('/locations/fontana/', '2024-10-24T07:00:00-07:00', { javaScriptEnabled: false });
  assert.deepEqual(await texts(page, '.spot-hours .day-of .day'), ['Today']);
  assert.deepEqual(await texts(page, '.spot-hours .now'), []);
  assert.deepEqual(await texts(page, '.spot-hours .elsewhere'), []);
  await done(page);
});
