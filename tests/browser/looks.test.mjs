// A campaign at its worst, on every width and in every mode: nothing sticks out, nothing is cut off, nothing keeps anybody out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { WIDTHS, show } from './looks.mjs';
import { browser, published } from './support.mjs';
import { MOMENT, PAGES, worst } from './worst.mjs';

let campaign;
let chromium;
let site;
let page;

before(async () => {
  campaign = worst();
  site = await published(campaign.root, MOMENT);
  chromium = await browser({ timezoneId: 'America/Los_Angeles' });
  page = await chromium.context.newPage();
});
after(async () => {
  await chromium.end();
  site.end();
  campaign.end();
});

/** What sticks out of the window at the side, and what hides a part of its own words. */
function flaws() {
  const name = (node) => `${node.localName}.${node.className} “${node.textContent.trim().slice(0, 40)}”`;
  const scrolls = (node) => node && (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  // The end of the way to a page repeats its heading.
  const repeats = (node) => node.matches('.crumbs [aria-current]');
  const seen = [...document.body.querySelectorAll('*')].filter((node) => node.checkVisibility() && !node.closest('svg'));
  const found = [];
  if (document.documentElement.scrollWidth > window.innerWidth) {
    found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  }
  for (const node of seen) {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    const isHidden = box.width <= 1 || box.height <= 1 || style.clipPath !== 'none' || box.bottom < 0;
    if (isHidden || scrolls(node) || repeats(node)) continue;
    if (box.right > window.innerWidth + 1 || box.left < -1) found.push(`sticks out: ${name(node)}`);
    const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip' || style.textOverflow === 'ellipsis';
    if (cuts && node.scrollWidth > node.clientWidth + 1) found.push(`cut off: ${name(node)}`);
  }
  return found.slice(0, 5);
}

for (const width of WIDTHS) {
  test(`everything fits at ${width} pixels`, async () => {
    for (const path of PAGES) {
      await show(page, site.url + path, width, 'light', new Date(site.now));
      assert.deepEqual(await page.evaluate(flaws), [], path);
    }
  });
}

test('the hours of today stand in the window, however long the names of places are', async () => {
  await show(page, `${site.url}/locations/`, 320, 'light', new Date(site.now));
  const ends = await page.locator('.week td[data-away="0"]:visible .hours').evaluateAll((cells) =>
    cells.map((cell) => cell.getBoundingClientRect().right),
  );
  assert.ok(ends.length >= 60, `${ends.length}`);
  assert.ok(ends.every((end) => end <= 320), `${Math.max(...ends)}`);
});

test('large letters break nothing', async () => {
  for (const path of PAGES) {
    await show(page, site.url + path, 390, 'light', new Date(site.now));
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html { font-size: 200% } body { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em }');
      document.adoptedStyleSheets = [sheet];
    });
    assert.deepEqual(await page.evaluate(flaws), [], path);
  }
});

test('nothing moves for those who asked for stillness', async () => {
  for (const path of PAGES) {
    await show(page, site.url + path, 390, 'still', new Date(site.now));
    const moving = await page.evaluate(() => {
      const styles = [...document.querySelectorAll('*')].map((node) => [node, getComputedStyle(node)]);
      const moves = ([, style]) => style.transitionDuration !== '0s' || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
      return styles.filter(moves).map(([node]) => node.localName);
    });
    assert.deepEqual(moving, [], path);
  }
});

test('colours that a reader chose leave words, links and buttons', async () => {
  for (const path of PAGES) {
    await show(page, site.url + path, 390, 'contrast', new Date(site.now));
    const unseen = await page.evaluate(() => {
      const actions = [...document.querySelectorAll('a, button, summary, .board, .flag, .phase')];
      const isLost = (node) => {
        const { color, backgroundColor } = getComputedStyle(node);
        return node.checkVisibility() && color === backgroundColor;
      };
      return actions.filter(isLost).map((node) => node.outerHTML.slice(0, 80));
    });
    assert.deepEqual(unseen, [], path);
  }
});

test('what is printed with its colours can be read', async () => {
  for (const path of PAGES) {
    await show(page, site.url + path, 768, 'print', new Date(site.now));
    const { violations } = await page.evaluate(`${axe.source}; axe.run({ runOnly: ['color-contrast'] })`);
    const told = violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 120)));
    assert.deepEqual(told, [], path);
  }
});

for (const mode of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    test(`axe has nothing to say at ${width} pixels, ${mode}`, async () => {
      for (const path of PAGES) {
        await show(page, site.url + path, width, mode, new Date(site.now));
        const { violations } = await page.evaluate(`${axe.source}; axe.run()`);
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
        assert.deepEqual(told, [], path);
      }
    });
  }
}
