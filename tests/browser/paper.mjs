// What is printed: each page as PDF on both papers, one sheet each, with codes that a phone can read, and the site's hours.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Campaign, browser, published } from './support.mjs';

/** Points, as PDF counts them. */
const PAPERS = { Letter: [612, 792], A4: [595, 842] };
const LONG = 'Please come by the northern gate, for the main road is kept free for the fire brigade, and ask for the captain. ';

/** A campaign of which everything is long: names, texts, hours in turns, signs. */
function crowded() {
  const turns = ['0:00-6:00', '6:00-12:00', '12:00-18:00', '18:00-0:00'].map((hours) => `{ days: every day, hours: "${hours}" }`);
  const files = {
    'content/campaign.yaml': `title: Gerechte Schichten für alle Beschäftigten im Werkverkehr und in der Logistik
base_url: https://gerechte-schichten.example/
time_zone: Europe/Berlin
languages: [de, en]
union: { name: Industriegewerkschaft der Beschäftigten in Handel und Verkehr, short: IGBHV, local: "12" }
phases: [ { phase: strike, from: 2026-11-20 } ]
schedules: { turns: [ ${turns.join(', ')} ] }
signs:
  - Streik
  - Wir fordern gerechte Schichten und planbare Arbeitszeiten für alle Beschäftigten im Werkverkehr
  - { text: "Tarifvertrag jetzt!", link: "https://union.example/tarif" }
redirects: { streik: locations, tor2: werk-sued }
`,
    'content/campaign.en.yaml': 'title: Fair shifts for all\nsigns: [ On strike, { text: Fair shifts for all } ]\n',
    'content/index.md': '---\ntitle: Gerechte Schichten\n---\n\nWir streiken.\n',
    'content/index.en.md': '---\ntitle: Fair shifts\n---\n\nWe strike.\n',
    'content/locations/werk-sued.md': `---
name: Werk Süd, Tor 2 und Tor 3 an der Straße der Gewerkschaften, Haupteingang der Verwaltung
address: Straße der Gewerkschaften und der Genossenschaften 114–118
city: Villingen-Schwenningen
postal_code: "78048"
coordinates: 48.06, 8.45
schedule: turns
entrances: ["Tor 2 (Nord)", "Tor 3 (Süd)", "Haupteingang der Verwaltung"]
${['meet_at', 'parking', 'transit', 'access', 'bring'].map((key) => `${key}: "${LONG.repeat(2)}"`).join('\n')}
---
`,
  };
  for (let n = 0; n < 9; n++) {
    files[`content/locations/ort-${n}.md`] = `---
name: Ort ${n}
address: Straße ${n}
city: Stadt
coordinates: 48.06, 8.45
shifts: [ { days: mon, hours: "6:00-14:00" }, { days: tue, hours: "7:00-14:00" }, { days: wed, hours: "8:00-14:00" } ]
---
`;
  }
  return new Campaign(files);
}

let chromium;
let page;
const folder = mkdtempSync(join(tmpdir(), 'handbill-paper-'));

before(async () => {
  chromium = await browser();
  page = await chromium.context.newPage();
});
after(async () => {
  await chromium.end();
  rmSync(folder, { recursive: true });
});

/** The addresses of all pages to be printed. */
function prints(site) {
  const all = readdirSync(site.out, { recursive: true }).map((path) => `/${path}`);
  const pages = all.filter((path) => /\/(flyer|print\/[^/]+)\/index\.html$/.test(path));
  return pages.map((path) => path.slice(0, -'index.html'.length)).sort();
}

/** What a reader's printer makes of the page: how many sheets, how large, and what codes on each say. */
async function printed(options) {
  const pdf = join(folder, 'page.pdf');
  await page.pdf({ path: pdf, printBackground: true, ...options });
  const about = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
  const [, width, height] = about.match(/Page size: +([\d.]+) x ([\d.]+)/).map(Number);
  // Half of what printers have, and much less where a sheet is as large as a sign.
  execFileSync('pdftoppm', ['-r', width > 800 ? '72' : '150', '-png', pdf, join(folder, 'sheet')]);
  const sheets = readdirSync(folder).filter((name) => name.startsWith('sheet')).sort();
  const codes = sheets.map((name) => {
    const read = execFileSync('zbarimg', ['--quiet', '--raw', join(folder, name)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    rmSync(join(folder, name));
    return [...new Set(read.trim().split('\n'))];
  });
  return { sheets: Number(about.match(/Pages: +(\d+)/)[1]), size: [width, height].map(Math.round), codes };
}

/** The addresses that stand beside the codes, one for each sheet. */
const addresses = () => page.locator('.short:visible, .sign-short').evaluateAll((all) => [...new Set(all.map((one) => one.textContent))]);

async function onPaper(site) {
  const pages = prints(site);
  assert.ok(pages.length > 5, `${pages}`);
  for (const address of pages) {
    await page.goto(site.url + address);
    const beside = await addresses();
    const signs = address.match(/signs-(\d+)x(\d+)/);
    const papers = signs ? { sign: [signs[1] * 72, signs[2] * 72] } : PAPERS;
    for (const [paper, portrait] of Object.entries(papers)) {
      const landscape = address.includes('/schedule/');
      const size = landscape ? [...portrait].reverse() : portrait;
      const made = await printed(signs ? { preferCSSPageSize: true } : { format: paper, landscape });
      const what = `${address} on ${paper}`;
      const wanted = signs ? await page.locator('.sign').count() : 1;
      assert.equal(made.sheets, wanted, `${what}: so many sheets`);
      made.size.forEach((side, i) => assert.ok(Math.abs(side - size[i]) <= 1, `${what}: ${made.size}`));
      for (const codes of made.codes) {
        assert.equal(codes.length, 1, `${what}: ${codes}`);
        const typed = codes[0].replace(/^https:\/\//, '').replace(/\/$/, '');
        assert.ok(beside.includes(typed), `${what}: the code says ${codes[0]}, and beside it stands ${beside}`);
      }
    }
  }
  return pages;
}

test('the demonstration prints on one sheet each, and its codes lead to short addresses', async (t) => {
  const site = await published(join(import.meta.dirname, '../..'), '2024-10-24T05:40');
  t.after(() => site.end());
  await onPaper(site);
  await page.goto(`${site.url}/print/schedule/`);
  assert.deepEqual(await addresses(), ['care-cant-wait.example/picket']);
});

test('so does a campaign of which everything is long', async (t) => {
  const campaign = crowded();
  t.after(() => campaign.end());
  const site = await published(campaign.root, '2026-11-24T08:00');
  t.after(() => site.end());
  const pages = await onPaper(site);
  assert.ok(pages.includes('/print/signs-18x24/') && pages.includes('/en/print/signs-12x18/'), `${pages}`);
  await page.goto(`${site.url}/locations/werk-sued/flyer/`);
  assert.deepEqual(await addresses(), ['gerechte-schichten.example/tor2']);
  });

test('hours on paper are the hours of the site', async (t) => {
  const campaign = new Campaign({
    'content/locations/fontana.md': `---
name: Fontana
coordinates: 34.0726, -117.4343
type: hall
shifts: [ { days: 2024-10-24 to 2024-10-30, hours: 6am-2pm } ]
events: [ { title: Rally, date: 2024-10-25, hours: noon-1pm } ]
changes: [ { date: 2024-10-28, status: cancelled, note: Smoke } ]
---
`,
  });
  t.after(() => campaign.end());
  const site = await published(campaign.root, '2024-10-24T05:40');
  t.after(() => site.end());
  await page.goto(`${site.url}/locations/fontana/`);
  const hours = (selector) => page.locator(selector).allInnerTexts();
  const [all, struck] = [await hours('.ahead .hours'), await hours('.ahead s.hours')];
  assert.ok(all.length === 8 && struck.length === 1, `${all}`);
  await page.goto(`${site.url}/locations/fontana/flyer/`);
  assert.deepEqual(await hours('.paper-days td p > :is(strong, s):first-child'), all);
  assert.deepEqual(await hours('.paper-days s'), struck);
  });

test('on a screen it can be read by everybody, and is never wider than a phone', async (t) => {
  const campaign = crowded();
  t.after(() => campaign.end());
  const site = await published(campaign.root, '2026-11-24T08:00');
  t.after(() => site.end());
  await page.setViewportSize({ width: 320, height: 640 });
  for (const address of prints(site)) {
    await page.goto(site.url + address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${address} is ${wide} pixels wide`);
    // The page's own policy lets no script in but that of the browser itself.
    const found = await page.evaluate(`${axe.source}; axe.run()`);
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], address);
  }
  });
